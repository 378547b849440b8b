import type { FileHandle } from 'node:fs/promises';

const pieceBytes = 262_144;

/**
 * The first bytes of an open file, piece by piece. A stream of the handle's own would close it where it is cut off, and the file could not
 * be sent a second time.
 */
export async function* piecesOf(
  file: FileHandle,
  sizeBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < sizeBytes;) {
    const wanted = Math.min(pieceBytes, sizeBytes - at);
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
