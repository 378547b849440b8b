import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipOf } from './zip';

/** Reads a .zip by its directory at the end, as every unpacker does. */
function unzipped(zip: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const files = new Map<string, Uint8Array>();
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    expect(view.getUint32(entry, true)).toBe(0x02014b50);
    const [crc, packed, size] = [16, 20, 24].map((at) => view.getUint32(entry + at, true));
    const nameLength = view.getUint16(entry + 28, true);
    const name = new TextDecoder().decode(zip.subarray(entry + 46, entry + 46 + nameLength));
    const local = view.getUint32(entry + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    expect(view.getUint16(local + 8, true), 'stored').toBe(0);
    // What the entry itself says is what the directory says: name, checksum, sizes.
    expect(zip.subarray(local + 6, local + 30)).toEqual(zip.subarray(entry + 8, entry + 32));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const bytes = zip.subarray(start, start + size!);
    expect(packed).toBe(size);
    expect(crc32(bytes)).toBe(crc);
    files.set(name, bytes.slice());
    entry += 46 + nameLength;
  }
  expect(entry).toBe(end);
  return files;
}

describe('a .zip of files', () => {
  it('has every file under its path', () => {
    const path = fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9.-]{1,8})?$/);
    const files = fc.array(fc.tuple(path, fc.uint8Array({ maxLength: 300 })), { maxLength: 6 });
    fc.assert(
      fc.property(files, (list) => {
        const expected = new Map(list.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
        expect(unzipped(zipOf(expected))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('has the same bytes every time', () => {
    const files = new Map([['a', Uint8Array.of(1, 2, 3)]]);
    expect(zipOf(files)).toEqual(zipOf(new Map(files)));
  });
});
