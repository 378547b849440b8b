const words: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission was denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file of this name is there',
  ENAMETOOLONG: 'the name is too long',
  EPERM: 'it is not allowed',
};

/** What an error of the file system means, in words. */
export function reasonOf(error: unknown): string {
  return words[fileErrorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

/** `ENOENT` and its like. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
