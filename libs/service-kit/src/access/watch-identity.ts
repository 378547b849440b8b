import { isModaError, ModaError } from '@moda/contracts';
import type { Authenticator } from './authenticator.js';
import type { Identity } from './identity.js';

/** Calls `end` when something may not go on, once at most; gives what stops the watch. */
export type Lifetime = (end: (reason: ModaError) => void) => () => void;

/** A personal access token can be revoked at any time; whoever listens for hours is looked at again this often. */
const lookAgainMs = 30_000;
/** Timers that are set for longer than 24 days go off at once. */
const longestTimerMs = 86_400_000;
const shortestTimerMs = 20;

const ends: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_REVOKED']);

/** As long as the token of somebody is good: for subscriptions, which are asked for once and may last for days. */
export function lifetimeOf(
  authenticator: Authenticator,
  authorization: string | undefined,
  identity: Identity,
  clock: () => number = Date.now,
): Lifetime {
  return (end) => {
    if (authenticator.open) return () => undefined;
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    const schedule = (): void => {
      if (stopped) return;
      const left = identity.expiresAt === undefined ? Infinity : identity.expiresAt.getTime() - clock();
      const wait = Math.min(left, identity.kind === 'token' ? lookAgainMs : longestTimerMs, longestTimerMs);
      timer = setTimeout(() => void look(), Math.max(wait, shortestTimerMs));
      timer.unref();
    };
    const look = async (): Promise<void> => {
      try {
        await authenticator.identify(authorization);
      } catch (error) {
        const reason = reasonOf(error, identity, clock());
        if (reason !== undefined) {
          if (!stopped) end(reason);
          return;
        }
      }
      schedule();
    };
    schedule();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  };
}

/** While nobody can tell, a token that has not expired counts as good. */
function reasonOf(error: unknown, { expiresAt }: Identity, now: number): ModaError | undefined {
  if (isModaError(error) && ends.has(error.code)) return error;
  return expiresAt !== undefined && expiresAt.getTime() <= now ? tokenExpired(expiresAt) : undefined;
}

export function tokenExpired(expiresAt: Date | undefined): ModaError {
  return new ModaError('TOKEN_EXPIRED', 'The token has expired; log in again, or use another token.', {
    ...(expiresAt && { expiredAt: expiresAt.toISOString() }),
  });
}
