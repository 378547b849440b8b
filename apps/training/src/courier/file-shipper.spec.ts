import { createHash } from 'node:crypto';
import { mkdtemp, link, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FileDesk, FileShipper, type Shipping } from './file-shipper.js';

let folder: string;
let told: string[];
/** Whether the archive still has what it is said to have. */
let hasOther: boolean;
const signal = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-file-shipper-'));
  told = [];
  hasOther = true;
});
afterEach(() => rm(folder, { recursive: true }));

const desk: FileDesk = {
  async put(name, file, { digest, sizeBytes }) {
    const bytes = Buffer.alloc(sizeBytes);
    await file.read(bytes, 0, sizeBytes, 0);
    expect(digestOf(bytes)).toBe(digest);
    told.push(`put ${name}: ${bytes.toString()}`);
  },
  async link(from, name) {
    told.push(`link ${name} to ${from}`);
    return hasOther;
  },
  async remove(name) {
    told.push(`remove ${name}`);
  },
};

const digestOf = (bytes: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const shipping = (before: Shipping['before'] = async () => void told.push('before')): Shipping => ({
  before,
  signal,
});

it('what stands in front of a file goes before it, and not where there is nothing to send', async () => {
  const shipper = new FileShipper({ archived: [], desk });
  const path = await file('a', 'one');
  expect(await shipper.ship('a', path, shipping())).toBe(true);
  expect(await shipper.ship('a', path, shipping())).toBe(true);
  expect(told).toEqual(['before', 'put a: one']);
  expect(shipper.sentBytes).toBe(3);
});

it('a file that is replaced while it is sent is sent whole, and the new one the next time', async () => {
  const shipper = new FileShipper({ archived: [], desk });
  const path = await file('a', 'one');
  await shipper.ship(
    'a',
    path,
    shipping(async () => rename(await file('b', 'another one'), path)),
  );
  await shipper.ship('a', path, shipping());
  expect(told).toEqual(['put a: one', 'before', 'put a: another one']);
});

it('one that the archive has is not sent', async () => {
  const shipper = new FileShipper({ archived: [{ name: 'a', sizeBytes: 3, digest: digestOf('one') }], desk });
  await shipper.ship('a', await file('a', 'one'), shipping());
  expect(told).toEqual([]);
  expect(await shipper.has('a', join(folder, 'a'))).toBe(true);
  await file('a', 'two');
  expect(await shipper.has('a', join(folder, 'a'))).toBe(false);
});

it('one that the archive has by another name gets a second name; where that one is gone it is sent', async () => {
  const shipper = new FileShipper({ archived: [], desk });
  const path = await file('a', 'one');
  await link(path, join(folder, 'b'));
  await shipper.ship('a', path, shipping());
  await shipper.ship('b', join(folder, 'b'), shipping());
  hasOther = false;
  await shipper.ship('c', path, shipping());
  expect(told).toEqual([
    'before',
    'put a: one',
    'before',
    'link b to a',
    'before',
    'link c to a',
    'put c: one',
  ]);
});

it('one that is not there is told', async () => {
  const shipper = new FileShipper({ archived: [], desk });
  expect(await shipper.ship('a', join(folder, 'a'), shipping())).toBe(false);
  expect(told).toEqual([]);
});

it('an empty one is sent as well', async () => {
  await new FileShipper({ archived: [], desk }).ship('a', await file('a', ''), shipping());
  expect(told).toEqual(['before', 'put a: ']);
});

it('only what the archive has is removed', async () => {
  const shipper = new FileShipper({ archived: [{ name: 'a', sizeBytes: 3 }], desk });
  await shipper.remove('a', signal);
  await shipper.remove('a', signal);
  await shipper.remove('b', signal);
  expect(told).toEqual(['remove a']);
});
