import { readFile } from 'node:fs/promises';
import { type ErrorCode, ModaError } from '@moda/contracts';

/** Reads a file that a person named; what goes wrong becomes a sentence with the given code. */
export async function readInput(path: string, code: ErrorCode, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ModaError(code, `Cannot read ${what} ${path}: ${reasonOf(error)}.`, { path });
  }
}

/** What an error of the file system means, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    ENOENT: 'it does not exist',
    EACCES: 'permission was denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is a file, not a folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the share of the disk is used up',
    EROFS: 'the disk is read-only',
    EEXIST: 'a file of this name is there',
    ENAMETOOLONG: 'the name is too long',
    EPERM: 'it is not allowed',
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}
