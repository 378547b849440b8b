import { ModaError } from '@moda/contracts';
import type { ByteRange } from './blob-store.js';

export interface ResolvedRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly whole: boolean;
}

/**
 * A range within a blob of `sizeBytes` bytes, as `Uint8Array.slice` would take it.
 * @throws ModaError BLOB_RANGE_INVALID
 */
export function resolveRange(range: ByteRange, sizeBytes: number): ResolvedRange {
  checkRange(range);
  const start = range.start ?? 0;
  if (start > sizeBytes)
    throw new ModaError(
      'BLOB_RANGE_INVALID',
      `A read cannot start at byte ${start} of a blob of ${sizeBytes} bytes; start at ${sizeBytes} or before.`,
      { start, sizeBytes },
    );
  const end = Math.min(range.end ?? sizeBytes, sizeBytes);
  return { start, end, whole: start === 0 && end === sizeBytes };
}

/**
 * What can be said about a range before the size is known.
 * @throws ModaError BLOB_RANGE_INVALID
 */
export function checkRange({ start = 0, end = Number.MAX_SAFE_INTEGER }: ByteRange): void {
  if (isByteCount(start) && isByteCount(end) && start <= end) return;
  throw new ModaError(
    'BLOB_RANGE_INVALID',
    `There is no range from byte ${start} to ${end}; give whole numbers from 0, the start not behind the end.`,
    { start, end },
  );
}

function isByteCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
