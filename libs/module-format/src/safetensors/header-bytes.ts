import { beyondBounds } from '../json-bounds.js';
import { bytesPerElement, type Dtype, dtypes, isDtype } from './dtype.js';
import { lengthBytes } from './header.js';
import { invalid, quoted } from './invalid.js';
import { defaultSafetensorsLimits, headerBounds } from './limits.js';
import { checkMetadata, checkName, metadataKey } from './names.js';
import { checkedShape, tensorBytes } from './shape.js';

/** A tensor as the header needs it: all but its data. */
export interface TensorDescription {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** The beginning of a file, and where the data of each tensor belongs. */
export interface SafetensorsLayout {
  /** The length field and the padded JSON: the first bytes of the file. */
  readonly header: Uint8Array;
  /** Tensors in the order of their data; first byte and the byte after the last, counted from the end of `header`. */
  readonly order: readonly { readonly name: string; readonly begin: number; readonly end: number }[];
  /** Bytes of the whole file, header included. */
  readonly sizeBytes: number;
}

/** The data begins at a multiple of this, so that the widest element is aligned. */
const alignmentBytes = 8;

/**
 * The header that `writeSafetensors` writes, and the layout it announces, for those who write the data piece by piece. The
 * same content gives the same bytes, whatever the order of the arguments: wider elements first (which keeps every tensor
 * aligned), then by name; metadata by key. Throws `SAFETENSORS_INVALID` for what `readSafetensors` would refuse.
 */
export function safetensorsHeaderBytes(
  entries: Iterable<TensorDescription>,
  metadata: Readonly<Record<string, string>> = {},
): SafetensorsLayout {
  const described = [...entries];
  const { maxTensors } = defaultSafetensorsLimits;
  if (described.length > maxTensors) {
    throw invalid(`A file of ${described.length} tensors has more than the ${maxTensors} allowed`);
  }
  const sizes = new Map<string, number>();
  for (const entry of described) {
    const size = checkedSize(entry);
    if (sizes.has(entry.name)) throw invalid(`Two tensors have the name ${quoted(entry.name)}`);
    sizes.set(entry.name, size);
  }
  described.sort(
    (a, b) => bytesPerElement(b.dtype) - bytesPerElement(a.dtype) || byCodeUnits(a.name, b.name),
  );
  // Built key by key: an object would move names such as "10" to the front.
  const fields = metadataField(metadata);
  const order: { name: string; begin: number; end: number }[] = [];
  let begin = 0;
  for (const { name, dtype, shape } of described) {
    const end = begin + sizes.get(name)!;
    if (!Number.isSafeInteger(end)) throw invalid('The tensors are together too large for any file');
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
    order.push({ name, begin, end });
    begin = end;
  }
  const header = paddedHeader(`{${fields.join(',')}}`);
  return { header, order, sizeBytes: header.length + begin };
}

function checkedSize({ name, dtype, shape }: TensorDescription): number {
  checkName(name, 'tensor name');
  if (name === metadataKey)
    throw invalid(`A tensor cannot be called ${metadataKey}: the format keeps its metadata there`);
  if (!isDtype(dtype)) {
    throw invalid(
      `Tensor ${quoted(name)} has the element type ${quoted(String(dtype))}; one of ${dtypes.join(', ')} is needed`,
    );
  }
  return tensorBytes(name, checkedShape(name, shape, defaultSafetensorsLimits.maxRank), dtype);
}

/** The field of the metadata, or none where there are no pairs. */
function metadataField(metadata: Readonly<Record<string, string>>): string[] {
  const keys = Object.keys(metadata).sort(byCodeUnits);
  if (keys.length === 0) return [];
  const pairs = keys.map((key) => {
    const value: unknown = metadata[key];
    checkMetadata(key, value);
    return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  });
  return [`"${metadataKey}":{${pairs.join(',')}}`];
}

function paddedHeader(json: string): Uint8Array {
  const bytes = new TextEncoder().encode(json);
  const length = Math.ceil(bytes.length / alignmentBytes) * alignmentBytes;
  const { maxHeaderBytes } = defaultSafetensorsLimits;
  if (length > maxHeaderBytes) {
    throw invalid(`The header would have ${length} bytes, more than the ${maxHeaderBytes} allowed`);
  }
  const excess = beyondBounds(json, headerBounds);
  if (excess !== undefined) throw invalid(`The header ${excess}`);
  const header = new Uint8Array(lengthBytes + length).fill(' '.charCodeAt(0));
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(bytes, lengthBytes);
  return header;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
