import { z } from 'zod';

/** Why a token was not taken. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const refusal = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).min(1),
});

/**
 * Gives a token to this app to keep.
 *
 * @throws SignInRefused
 */
export async function sendToken(token: string): Promise<void> {
  const response = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => undefined);
  if (response === undefined)
    throw new SignInRefused('APP_UNREACHABLE', 'This app does not answer; see that it runs and try again.');
  if (response.ok) return;
  const given = refusal.safeParse(await response.json().catch(() => undefined)).data?.errors[0];
  throw new SignInRefused(
    given?.extensions.code ?? 'ANSWER_INVALID',
    given?.message ?? 'The answer could not be read; try again.',
  );
}
