/** Some of the bytes of a body. */
export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** What a `Range` header asks of a body of some size. */
export type RangeRequest =
  { readonly kind: 'whole' } | ({ readonly kind: 'part' } & ByteRange) | { readonly kind: 'unsatisfiable' };

const oneRange = /^bytes=(\d{0,15})-(\d{0,15})$/i;

/**
 * Reads `bytes=start-end`, `bytes=start-` and `bytes=-length`. Anything else, several ranges among it, asks for the whole: a server may
 * always answer so.
 */
export function readRange(header: string | undefined, sizeBytes: number): RangeRequest {
  const [, first = '', last = ''] = oneRange.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0
      ? { kind: 'unsatisfiable' }
      : { kind: 'part', start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  // A last byte before the first is no range at all.
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
