import type { ErrorCode } from './error-codes.js';

/**
 * A fact about bad input or a missing part that a person can act on. `message` is one sentence that names the fact and the
 * way on; `code` is stable, for programs. Anything else that is thrown is a bug or an outage.
 */
export class ModaError extends Error {
  override readonly name = 'ModaError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** True for errors that are expected and already explain themselves. */
export function isModaError(error: unknown): error is ModaError {
  return error instanceof ModaError;
}
