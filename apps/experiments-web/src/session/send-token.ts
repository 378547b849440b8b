/** Why a token was not taken. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

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
  const given = refusalIn(await response.json().catch(() => undefined));
  throw new SignInRefused(
    given?.code ?? 'ANSWER_INVALID',
    given?.message ?? 'The answer could not be read; try again.',
  );
}

/** The first error of an answer, where it has one with a sentence and a code. */
function refusalIn(answer: unknown): { readonly code: string; readonly message: string } | undefined {
  const { errors } = (answer ?? {}) as { readonly errors?: unknown };
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const { message, extensions } = (first ?? {}) as {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  };
  const code = extensions?.code;
  return typeof message === 'string' && typeof code === 'string' ? { code, message } : undefined;
}
