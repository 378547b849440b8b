import { ModaError } from '@moda/contracts';

/** No space, a quota, or a limit on the size of a file. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a failed file operation means for the user of a store in `folder`; anything that is no failure of a file comes back as it is. */
export function fileFailure(error: unknown, folder: string): unknown {
  const code = fileErrorCode(error);
  if (code === undefined) return error;
  if (full.has(code))
    return new ModaError(
      'BLOB_STORE_FULL',
      `There is no space left for another blob in ${folder} (${code}); free some space or name a folder on another disk.`,
      { folder, cause: code },
    );
  return new ModaError(
    'BLOB_STORE_UNREACHABLE',
    `The blob store in ${folder} cannot be used (${code}); check that the disk is there and that its rights allow it.`,
    { folder, cause: code },
  );
}

/** `ENOENT` and its like, for errors of the file system only. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
