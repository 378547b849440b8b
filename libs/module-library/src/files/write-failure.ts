import { ModaError } from '@moda/contracts';
import { fileErrorCode, reasonOf } from './reason-of.js';

/** The sentence for a file that could not be written; anything that is no failure of a file comes back as it is. */
export function writeFailure(error: unknown, path: string): unknown {
  const code = fileErrorCode(error);
  if (code === undefined || !(error instanceof Error) || !('syscall' in error)) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new ModaError(
    full ? 'DISK_FULL' : 'OUTPUT_NOT_WRITABLE',
    `Cannot write ${path}: ${reasonOf(error)}.`,
    {
      path,
    },
  );
}
