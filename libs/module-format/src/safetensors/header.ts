import { duplicateKey } from '../duplicate-key.js';
import { beyondBounds } from '../json-bounds.js';
import { checkMetadata, checkName, metadataKey } from './names.js';
import { type Dtype, dtypes, isDtype } from './dtype.js';
import { invalid, quoted } from './invalid.js';
import { defaultSafetensorsLimits, headerBounds, type SafetensorsLimits } from './limits.js';
import { checkedShape, isSize, tensorBytes } from './shape.js';

/** One tensor as the header describes it. */
export interface TensorEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** By name, in the order of their data. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Free strings about the file; an object without a prototype. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data begins: 8 bytes for the length, then the JSON. */
  readonly dataStart: number;
  /** Bytes of data that must follow. */
  readonly dataBytes: number;
}

/** The length field before the header. */
export const lengthBytes = 8;

/**
 * Reads and checks the header of a safetensors file; the data need not be there, so the first part of a file is enough.
 * Guarantees that the tensors cover the data from its first to its last byte without holes or overlap, and that each has
 * the size of its shape. Throws `SAFETENSORS_INVALID` naming the first fact that is wrong.
 */
export function readSafetensorsHeader(
  bytes: Uint8Array,
  limits: Partial<SafetensorsLimits> = {},
): SafetensorsHeader {
  const { maxHeaderBytes, maxTensors, maxRank } = { ...defaultSafetensorsLimits, ...limits };
  const dataStart = lengthBytes + headerLength(bytes, maxHeaderBytes);
  if (bytes.length < dataStart) {
    throw invalid(
      `The file ends within its header: ${dataStart} bytes are announced, ${bytes.length} are there`,
    );
  }
  const entries = Object.entries(parseHeader(bytes.subarray(lengthBytes, dataStart)));
  const described = entries.filter(([name]) => name !== metadataKey);
  if (described.length > maxTensors) {
    throw invalid(`The file has ${described.length} tensors, more than the ${maxTensors} allowed`);
  }
  const tensors = described.map(([name, entry]) => [name, checkedEntry(name, entry, maxRank)] as const);
  const inDataOrder = tensors.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  return {
    tensors: new Map(inDataOrder),
    metadata: checkedMetadata(entries.find(([name]) => name === metadataKey)?.[1]),
    dataStart,
    dataBytes: contiguousBytes(inDataOrder),
  };
}

function headerLength(bytes: Uint8Array, maxHeaderBytes: number): number {
  if (bytes.length < lengthBytes) {
    throw invalid(
      `The file has ${bytes.length} bytes, less than the ${lengthBytes} of a safetensors length field`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, lengthBytes).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw invalid(`The file announces a header of ${length} bytes, more than the ${maxHeaderBytes} allowed`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid('The header is not valid UTF-8');
  }
  if (!json.startsWith('{'))
    throw invalid('The header does not begin with {, so this is no safetensors file');
  const excess = beyondBounds(json, headerBounds);
  if (excess !== undefined) throw invalid(`The header ${excess}`);
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch {
    throw invalid('The header is not valid JSON');
  }
  const repeated = duplicateKey(json);
  if (repeated !== undefined) throw invalid(`The header has the key ${quoted(repeated)} twice`);
  return header as Record<string, unknown>;
}

function checkedEntry(name: string, entry: unknown, maxRank: number): TensorEntry {
  checkName(name, 'tensor name');
  if (!isObject(entry)) throw invalid(`The entry of tensor ${quoted(name)} is not an object`);
  const { dtype, shape, data_offsets: offsets, ...unknown } = entry;
  const unknownField = Object.keys(unknown)[0];
  if (unknownField !== undefined) {
    throw invalid(`The entry of tensor ${quoted(name)} has the unknown field ${quoted(unknownField)}`);
  }
  if (!isDtype(dtype)) {
    const found = typeof dtype === 'string' ? `the element type ${quoted(dtype)}` : 'no element type';
    throw invalid(`Tensor ${quoted(name)} has ${found}; one of ${dtypes.join(', ')} is needed`);
  }
  const sizes = checkedShape(name, shape, maxRank);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    throw invalid(`The data offsets of tensor ${quoted(name)} are not two integers of 0 or more`);
  }
  const [begin = 0, end = 0] = offsets;
  const needed = tensorBytes(name, sizes, dtype);
  if (end - begin !== needed) {
    throw invalid(
      `Tensor ${quoted(name)} of type ${dtype} and shape [${sizes.join(', ')}] needs ${needed} bytes, but its offsets ` +
        `${begin} to ${end} span ${end - begin}`,
    );
  }
  return { dtype, shape: sizes, begin, end };
}

function checkedMetadata(metadata: unknown): Record<string, string> {
  if (metadata !== undefined && !isObject(metadata)) throw invalid(`${metadataKey} is not an object`);
  const checked = Object.create(null) as Record<string, string>;
  for (const [key, value] of Object.entries(metadata ?? {})) {
    checkMetadata(key, value);
    checked[key] = value;
  }
  return checked;
}

/** The number of data bytes, all of them belonging to exactly one of `tensors` (ascending by place). */
function contiguousBytes(tensors: readonly (readonly [string, TensorEntry])[]): number {
  let covered = 0;
  for (const [name, { begin, end }] of tensors) {
    if (begin !== covered) {
      const fact = begin < covered ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw invalid(
        `Tensor ${quoted(name)} begins at byte ${begin} and ${fact}, which ends at byte ${covered}`,
      );
    }
    covered = end;
  }
  return covered;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
