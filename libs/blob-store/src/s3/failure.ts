import { isModaError, ModaError } from '@moda/contracts';
import { S3Error } from 'minio';
import { isPassingStatus, ServerStatusError, SilenceError } from './transport.js';

/** The network's errors that may pass. */
const passingNetworkErrors = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);
/** The store was in trouble, or the bytes it got were not those that were sent and signed. */
const passingS3Errors = new Set([
  'BadDigest',
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'XAmzContentSHA256Mismatch',
]);
const absent = new Set(['NoSuchKey', 'NotFound']);

/** Whether the same request may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ServerStatusError) return isPassingStatus(error.status);
  if (error instanceof SilenceError) return true;
  const code = codeOf(error);
  // An answer of 200 with an error inside, which S3 may give to the completion of an upload, comes without its code.
  if (error instanceof S3Error) return code === undefined || passingS3Errors.has(code);
  return code !== undefined && passingNetworkErrors.has(code);
}

/** Whether the store says that there is no such object. */
export function isAbsent(error: unknown): boolean {
  return error instanceof S3Error && absent.has(codeOf(error) ?? '');
}

export function isUploadGone(error: unknown): boolean {
  return error instanceof S3Error && codeOf(error) === 'NoSuchUpload';
}

/** What a failed request means for the user of a store at `place`; anything that is neither network nor S3 comes back as it is. */
export function s3Failure(error: unknown, place: string): unknown {
  if (isModaError(error)) return error;
  const code = codeOf(error);
  const cause = error instanceof Error ? error.message : '';
  if (error instanceof ServerStatusError && !isPassingStatus(error.status))
    return new ModaError(
      'BLOB_STORE_FULL',
      `There is no space left for another blob at ${place} (${cause}); free some space there.`,
      { place, cause },
    );
  if (error instanceof S3Error && !isTransient(error))
    return new ModaError(
      'BLOB_STORE_REFUSED',
      `The store at ${place} refused (${code ?? 'no code'}: ${cause || 'no reason given'}); ` +
        'check access key, secret key, region, clock and the rights of that key.',
      { place, cause: code },
    );
  if (
    error instanceof ServerStatusError ||
    error instanceof SilenceError ||
    error instanceof S3Error ||
    code !== undefined
  )
    return new ModaError(
      'BLOB_STORE_UNREACHABLE',
      `The store at ${place} does not answer (${code ?? cause}); check its address and that it runs.`,
      { place, cause: code ?? cause },
    );
  return error;
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code !== '' ? error.code : undefined;
}
