import type { FileHandle } from 'node:fs/promises';
import type { Digest } from '../digest.js';
import { damaged } from '../verified.js';

/** Bytes per piece of a read. */
const pieceBytes = 1 << 18;

/**
 * Bytes `start` to `end` (exclusive) of an open file, each piece in memory of its own.
 * @throws ModaError BLOB_DAMAGED where the file ends before
 */
export async function* readPieces(
  file: FileHandle,
  digest: Digest,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, end - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) throw damaged(digest, { endedAt: at });
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}
