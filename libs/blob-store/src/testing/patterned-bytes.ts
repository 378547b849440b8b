import { createCipheriv, createHash } from 'node:crypto';

/** Bytes without a pattern that a driver could profit from, the same for the same name. */
export function patternedBytes(sizeBytes: number, name: string): Buffer {
  const key = createHash('sha256').update(name).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}

/** Bytes in pieces that end at the given places; a piece may be empty. */
export async function* piecesOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => Math.min(Math.max(cut, 0), bytes.length)), bytes.length].sort(
    (a, b) => a - b,
  );
  for (let i = 1; i < places.length; i += 1) yield bytes.subarray(places[i - 1], places[i]);
}
