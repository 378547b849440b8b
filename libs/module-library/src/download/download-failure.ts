import { isModaError, ModaError } from '@moda/contracts';

/** A failure that may pass: the same request may succeed a moment later. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure';
}

/** The address has expired, or its signature is not accepted. */
export class ExpiredAddress extends PassingFailure {}

/** The sentence for a file whose bytes did not come. */
export function downloadFailed(what: string, reason: string): ModaError {
  return new ModaError(
    'DOWNLOAD_FAILED',
    `Cannot download ${what}: ${reason}; run the same command again to go on.`,
    {
      file: what,
      reason,
    },
  );
}

/** The sentence for bytes that are not those that were promised. */
export function downloadDamaged(what: string, fact: string): ModaError {
  return new ModaError(
    'DOWNLOAD_DAMAGED',
    `${what} is not what was promised: ${fact}; nothing of it was kept.`,
    { file: what },
  );
}

/** What went wrong with a request, in words. */
export function requestFailure(error: unknown): unknown {
  if (isModaError(error) || error instanceof PassingFailure || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const code = 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing answers at the address',
    ECONNRESET: 'the connection was cut',
    EAI_AGAIN: 'the name of the server cannot be looked up',
    ENOTFOUND: 'there is no server of that name',
    EPIPE: 'the connection was cut',
    ETIMEDOUT: 'the server does not answer',
    EHOSTUNREACH: 'there is no way to the server',
    ENETUNREACH: 'there is no network',
  };
  if (words[code] !== undefined || code.startsWith('HPE_'))
    return new PassingFailure(words[code] ?? 'the answer is no HTTP');
  return error;
}
