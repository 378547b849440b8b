import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 2 ** 18;

/**
 * The bytes of an open file, if nobody writes into it meanwhile.
 *
 * @throws where it was written to since it was looked at: what was read may be half of one and half of the other
 */
export async function* wholeContent(
  file: FileHandle,
  seen: Pick<Stats, 'mtimeMs' | 'size'>,
): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes);
  for (let at = 0; at < seen.size;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunkBytes, seen.size - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
  const { mtimeMs, size } = await file.stat();
  if (mtimeMs !== seen.mtimeMs || size !== seen.size)
    throw new Error('The file was written to while it was read.');
}
