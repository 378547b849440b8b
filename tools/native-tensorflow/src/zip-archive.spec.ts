import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from './testing/zip-writer.js';
import { readZipDirectory, unpackZipEntry } from './zip-archive.mjs';

let folder: string;
let serial = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'moda-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function archive(bytes: Uint8Array): string {
  const file = path.join(folder, `${(serial += 1)}.whl`);
  writeFileSync(file, bytes);
  return file;
}

async function unpackAll(file: string): Promise<Record<string, Buffer>> {
  const unpacked: Record<string, Buffer> = {};
  for (const entry of await readZipDirectory(file)) {
    const target = path.join(folder, `${(serial += 1)}`, 'out');
    await unpackZipEntry(file, entry, target);
    unpacked[entry.name] = readFileSync(target);
  }
  return unpacked;
}

describe('unpacking a wheel', () => {
  it('gives back every file, whether deflated, stored or empty, with small or zip64 numbers', async () => {
    const files = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/),
        content: fc.uint8Array({ maxLength: 5000 }),
        stored: fc.boolean(),
        zip64: fc.boolean(),
      }),
      { maxLength: 4, selector: ({ name }) => name },
    );
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (list, zip64) => {
        const unpacked = await unpackAll(archive(zipOf(list, { zip64 })));
        expect(unpacked).toEqual(
          Object.fromEntries(list.map((file) => [file.name, Buffer.from(file.content)])),
        );
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a program', 0o744, 0o755],
    ['a library that anybody may write', 0o666, 0o644],
    ['a file without a mode', 0, 0o644],
  ])(
    'makes %s usable for every user of a shared cache, and writable for none but its owner',
    async (_what, mode, expected) => {
      const file = archive(zipOf([{ name: 'bin/ptxas', content: 'x', mode }]));
      const [entry] = await readZipDirectory(file);
      const target = path.join(folder, `${(serial += 1)}`);
      await unpackZipEntry(file, entry!, target);
      // The user's own mask may take rights away, never add any; the owner's stay.
      const actual = statSync(target).mode & 0o777;
      expect(actual & 0o700).toBe(expected & 0o700);
      expect(actual & ~expected).toBe(0);
    },
  );

  it('says how much has come, so that progress can be shown', async () => {
    const file = archive(zipOf([{ name: 'a', content: Buffer.alloc(600_000, 7) }]));
    const [entry] = await readZipDirectory(file);
    let bytes = 0;
    await unpackZipEntry(file, entry!, path.join(folder, 'counted'), {
      onBytes: (count) => (bytes += count),
    });
    expect(bytes).toBe(600_000);
  });

  const whole = zipOf([{ name: 'a', content: 'hello hello hello' }]);
  it.each([
    ['is cut off', whole.subarray(0, whole.length - 30), 'it is not a zip file or is cut off'],
    ['is something else', Buffer.from('<html>404</html>'), 'it is not a zip file or is cut off'],
    [
      'has a directory that lies elsewhere',
      patched(whole, whole.length - 6, 99_999),
      'its directory lies outside the file',
    ],
    [
      'has a wrong checksum',
      zipOf([{ name: 'a', content: 'x', claim: { crc: 1 } }]),
      'a has a wrong checksum',
    ],
    [
      'unpacks to more than it says',
      zipOf([{ name: 'a', content: 'xyz', claim: { sizeBytes: 1 } }]),
      'a is larger than announced',
    ],
    [
      'unpacks to less than it says',
      zipOf([{ name: 'a', content: 'xyz', claim: { sizeBytes: 9 } }]),
      'a has a wrong checksum',
    ],
    [
      'has damaged data',
      zipOf([{ name: 'a', content: '\xff\xff\xff', stored: true, claim: { method: 8 } }]),
      'a does not unpack',
    ],
    [
      'uses another packing',
      zipOf([{ name: 'a', content: 'x', claim: { method: 14 } }]),
      'a is packed in an unknown way',
    ],
    ['would climb out', zipOf([{ name: '../a', content: 'x' }]), '"../a" would leave the target folder'],
    [
      'names an absolute path',
      zipOf([{ name: '/etc/a', content: 'x' }]),
      '"/etc/a" would leave the target folder',
    ],
  ])('refuses a file that %s', async (_what, bytes, fact) => {
    const file = archive(bytes);
    await expect(unpackAll(file)).rejects.toMatchObject({
      code: 'NATIVE_WHEEL_CORRUPT',
      message: `The wheel ${path.basename(file)} cannot be unpacked: ${fact}.`,
    });
  });
});

function patched(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}
