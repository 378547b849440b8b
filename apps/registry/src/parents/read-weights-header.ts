import { type BlobStore, readBlob } from '@moda/blob-store';
import { defaultSafetensorsLimits, readSafetensorsHeader, type SafetensorsHeader } from '@moda/module-format';

/** The length field before the header. */
const lengthBytes = 8;

/** Holds the header of a network with some hundred tensors, so that one read is enough for nearly all. */
const firstReadBytes = 64 * 1024;

/**
 * The header of a stored weights file; its data is not read.
 *
 * @throws ModaError SAFETENSORS_INVALID, and what the store throws
 */
export async function readWeightsHeader(
  blobs: Pick<BlobStore, 'get'>,
  digest: string,
): Promise<SafetensorsHeader> {
  const first = await readBlob(blobs, digest, { end: firstReadBytes });
  if (first.length < lengthBytes) return readSafetensorsHeader(first);
  const announced = new DataView(first.buffer, first.byteOffset, lengthBytes).getBigUint64(0, true);
  const headerBytes = lengthBytes + Number(announced);
  const complete = headerBytes <= first.length || announced > BigInt(defaultSafetensorsLimits.maxHeaderBytes);
  if (complete) return readSafetensorsHeader(first);
  const rest = await readBlob(blobs, digest, { start: first.length, end: headerBytes });
  return readSafetensorsHeader(Buffer.concat([first, rest]));
}
