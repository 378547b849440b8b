import { type ErrorCode, ModaError } from '@moda/contracts';
import { reasonOf } from './read-input.js';

/** What the file system says of a place that no change of the machine would make right. */
const wrongPlace = new Set(['EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'ENOTEMPTY']);
const diskFull = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Why a result could not be written: OUTPUT_EXISTS where another place has to be named, DISK_FULL, or OUTPUT_NOT_WRITABLE for whatever
 * else a machine refuses.
 *
 * @param what `write /a/b`, `write into /a`
 */
export function notWritten(what: string, path: string, error: unknown, reason = reasonOf(error)): ModaError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new ModaError(outcomeOf(code), `Cannot ${what}: ${reason}${remedyOf(code)}.`, { path });
}

function outcomeOf(code: string): ErrorCode {
  if (diskFull.has(code)) return 'DISK_FULL';
  return wrongPlace.has(code) ? 'OUTPUT_EXISTS' : 'OUTPUT_NOT_WRITABLE';
}

function remedyOf(code: string): string {
  if (diskFull.has(code)) return '; free some space, or name another place';
  return wrongPlace.has(code) ? '' : '; change that, or name another place';
}
