import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileDigest {
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Large enough that the cost of a read vanishes beside that of the hash. */
const pieceBytes = 1 << 20;

/** Digest and size of a file in one pass, in little memory. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    const bytes = piece as Buffer;
    hash.update(bytes);
    sizeBytes += bytes.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, sizeBytes };
}
