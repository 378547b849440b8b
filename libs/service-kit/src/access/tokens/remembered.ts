import { createHash } from 'node:crypto';
import { isModaError } from '@moda/contracts';
import type { Identity } from '../identity.js';
import type { CheckToken } from './token-check.js';

/** So long a revoked token may go on to work in services that have others check it. */
export const rememberMs = 30_000;
const maxRemembered = 10_000;

interface Answer {
  readonly identity: Promise<Identity>;
  readonly until: number;
}

/** Asks once for all questions with the same token within half a minute; that nobody can tell is not remembered. */
export function remembered(check: CheckToken, clock: () => number = Date.now): CheckToken {
  // By digest, in the order in which they were asked: a dump of the memory gives no tokens away.
  const answers = new Map<string, Answer>();
  return async (token) => {
    const key = createHash('sha256').update(token).digest('base64url');
    const found = answers.get(key);
    if (found && clock() < found.until) {
      const identity = await found.identity;
      if (identity.expiresAt === undefined || clock() < identity.expiresAt.getTime()) return identity;
    }
    const identity = check(token);
    answers.delete(key);
    answers.set(key, { identity, until: clock() + rememberMs });
    for (const oldest of answers.keys()) {
      if (answers.size <= maxRemembered) break;
      answers.delete(oldest);
    }
    identity.catch((error: unknown) => {
      const isAnswer = isModaError(error) && error.code !== 'ACCESS_UNAVAILABLE';
      if (!isAnswer && answers.get(key)?.identity === identity) answers.delete(key);
    });
    return identity;
  };
}
