/**
 * A .zip of files as they are, not compressed: weights do not get smaller by it. Equal files give equal bytes: the date of every entry is
 * the first that the format knows.
 *
 * @param files contents by path, ASCII paths with `/` between folders, less than 4 GiB together
 */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries = [...files].map(([path, bytes]) => ({
    name: new TextEncoder().encode(path),
    bytes,
    crc: crc32(bytes),
  }));
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes, crc } of entries) {
    const shared = [
      utf8Names,
      stored,
      0,
      firstDate,
      crc,
      bytes.length,
      bytes.length,
      name.length,
      0,
    ] as const;
    const local = fields([localMark, 4], [version, 2], ...pairs(shared));
    parts.push(local, name, bytes);
    directory.push(
      fields([centralMark, 4], [version, 2], [version, 2], ...pairs(shared), ...noComment, [at, 4]),
      name,
    );
    at += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = fields([endMark, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]);
  return joined([...parts, ...directory, end]);
}

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const version = 20;
const utf8Names = 0x0800;
const stored = 0;
/** 1980-01-01, the first day of the format. */
const firstDate = 0x21;

type Field = readonly [value: number, bytes: 2 | 4];

/** Widths of what the entry and the directory both say: flags, method, time, date, crc, sizes, lengths of name and extra field. */
const sharedWidths = [2, 2, 2, 2, 4, 4, 4, 2, 2] as const;

const pairs = (values: readonly number[]): Field[] =>
  sharedWidths.map((bytes, position) => [values[position]!, bytes]);

/** Comment length, disk, internal and external attributes. */
const noComment: readonly Field[] = [
  [0, 2],
  [0, 2],
  [0, 2],
  [0, 4],
];

function fields(...values: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as ISO 3309 has it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
