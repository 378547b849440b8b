import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { corrupt, type DataFile } from './data-files.js';

/** An IDX file of unsigned bytes: the format of MNIST. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** A compressed file may unpack to at most this: 300,000 images of 28x28, five times MNIST. */
const maxUnpackedBytes = 300_000 * 28 * 28;

/** Third byte of the magic number: the elements are unsigned bytes. */
const unsignedByteCode = 0x08;

const unpack = promisify(gunzip);

/**
 * Reads an IDX file with `rank` dimensions, unpacking it where it is gzip: two zero bytes, a type code, the rank, one
 * big-endian 32-bit size per dimension, then the values. Throws `DATASET_CORRUPT`.
 */
export async function readIdx(
  { path, bytes: packed }: DataFile,
  rank: number,
  unpackedLimit = maxUnpackedBytes,
): Promise<IdxArray> {
  const bytes = isGzip(packed) ? await unpackGzip(path, packed, unpackedLimit) : packed;
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes)
    throw corrupt(path, `is truncated: it has ${bytes.length} bytes, less than its header`);
  const magic = bytes.readUInt32BE(0);
  const expectedMagic = (unsignedByteCode << 8) | rank;
  if (magic !== expectedMagic) {
    throw corrupt(
      path,
      `starts with the number ${magic} and not with ${expectedMagic}, so it is not the expected IDX file`,
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const expected = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - headerBytes;
  if (found !== expected) {
    throw corrupt(
      path,
      `${found < expected ? 'is truncated' : 'is too long'}: ${shape.join(' x ')} needs ${expected} bytes of values, it has ${found}`,
    );
  }
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, found) };
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function unpackGzip(path: string, bytes: Buffer, unpackedLimit: number): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: unpackedLimit });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw corrupt(
      path,
      tooLarge ? `unpacks to more than ${unpackedLimit} bytes` : 'is a truncated or damaged gzip file',
    );
  }
}
