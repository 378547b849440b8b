import { type ErrorCode, isModaError } from '@moda/contracts';

/** What `moda` tells the shell. */
export const exitCodes = { done: 0, failed: 1, wrongInput: 2, interrupted: 130 } as const;

/** Errors that are not the caller's: the work failed, or a part of the machine did. */
const failures: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ACCESS_UNAVAILABLE',
  'ARTIFACT_MISSING',
  'DISK_FULL',
  'DOWNLOAD_DAMAGED',
  'DOWNLOAD_FAILED',
  'FORBIDDEN',
  'GATEWAY_ANSWER_INVALID',
  'GATEWAY_REFUSED',
  'GATEWAY_UNREACHABLE',
  'LOCK_DIFFERS',
  'LOGIN_FAILED',
  'NATIVE_UNAVAILABLE',
  'OUTPUT_NOT_WRITABLE',
  'REGISTRY_ANSWER_INVALID',
  'REGISTRY_REFUSED',
  'REGISTRY_UNREACHABLE',
  'SIGNATURE_MISSING',
  'SIGNATURE_UNKNOWN_KEY',
  'SIGNATURE_WRONG',
  'SUBGRAPH_UNAVAILABLE',
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'TRAINING_DIVERGED',
  'UNAUTHENTICATED',
  'UNEXPECTED',
  'VERIFICATION_FAILED',
  'VERSION_TAKEN',
]);

/** The exit code that an error deserves. */
export function exitCodeOf(error: unknown): number {
  if (!isModaError(error)) return exitCodes.failed;
  if (error.code === 'INTERRUPTED') return exitCodes.interrupted;
  return failures.has(error.code) ? exitCodes.failed : exitCodes.wrongInput;
}
