import { checkMetadata, checkName, metadataKey } from './names.js';
import { bytesPerElement, isArrayOf, isDtype, type SafeTensor } from './dtype.js';
import { lengthBytes } from './header.js';
import { invalid, quoted } from './invalid.js';
import { defaultSafetensorsLimits } from './limits.js';
import { checkedShape, tensorBytes } from './shape.js';

/** The data begins at a multiple of this, so that the widest element is aligned. */
const alignmentBytes = 8;

/**
 * Writes a safetensors file. The same content gives the same bytes, whatever the order of the arguments: wider elements
 * first (which keeps every tensor aligned), then by name; metadata by key. Borrows its inputs. Throws
 * `SAFETENSORS_INVALID` for what `readSafetensors` would refuse.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: SafeTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ordered = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      bytesPerElement(b.dtype) - bytesPerElement(a.dtype) || byCodeUnits(nameA, nameB),
  );
  const { maxTensors } = defaultSafetensorsLimits;
  if (ordered.length > maxTensors) {
    throw invalid(`A file of ${ordered.length} tensors has more than the ${maxTensors} allowed`);
  }
  const sizes = ordered.map(([name, tensor]) => checkedBytes(name, tensor));
  const header = headerBytes(ordered, sizes, metadata);
  const dataStart = lengthBytes + header.length;
  const file = new Uint8Array(sizes.reduce((sum, size) => sum + size, dataStart));
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, lengthBytes);
  let position = dataStart;
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

function checkedBytes(name: string, { dtype, shape, data }: SafeTensor): number {
  checkName(name, 'tensor name');
  if (name === metadataKey)
    throw invalid(`A tensor cannot be called ${metadataKey}: the format keeps its metadata there`);
  if (!isDtype(dtype) || !isArrayOf(dtype, data)) {
    throw invalid(`The data of tensor ${quoted(name)} is not an array of ${quoted(String(dtype))}`);
  }
  const size = tensorBytes(name, checkedShape(name, shape, defaultSafetensorsLimits.maxRank), dtype);
  if (size !== data.byteLength) {
    throw invalid(
      `Tensor ${quoted(name)} of type ${dtype} and shape [${shape.join(', ')}] needs ${size} bytes, but has ${data.byteLength}`,
    );
  }
  if (dtype === 'BOOL' && (data as Uint8Array).some((byte) => byte > 1)) {
    throw invalid(`Tensor ${quoted(name)} of type BOOL holds a byte other than 0 and 1`);
  }
  return size;
}

/** Built key by key: an object would move names such as "10" to the front. */
function headerBytes(
  ordered: readonly (readonly [string, SafeTensor])[],
  sizes: readonly number[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const fields: string[] = [];
  const keys = Object.keys(metadata).sort(byCodeUnits);
  if (keys.length > 0) {
    const pairs = keys.map((key) => {
      const value: unknown = metadata[key];
      checkMetadata(key, value);
      return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    });
    fields.push(`"${metadataKey}":{${pairs.join(',')}}`);
  }
  const names = new Set<string>();
  let begin = 0;
  ordered.forEach(([name, { dtype, shape }], position) => {
    if (names.has(name)) throw invalid(`Two tensors have the name ${quoted(name)}`);
    names.add(name);
    const end = begin + (sizes[position] as number);
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
    begin = end;
  });
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const length = Math.ceil(json.length / alignmentBytes) * alignmentBytes;
  const { maxHeaderBytes } = defaultSafetensorsLimits;
  if (length > maxHeaderBytes) {
    throw invalid(`The header would have ${length} bytes, more than the ${maxHeaderBytes} allowed`);
  }
  const padded = new Uint8Array(length).fill(' '.charCodeAt(0));
  padded.set(json);
  return padded;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
