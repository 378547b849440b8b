import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { materialise } from './materialise.js';
import type { ArchivedFile } from './run-archive.js';

const changedAt = new Date('2026-03-01T12:00:00.250Z');
const files = ['model/module.json', 'model/weights.safetensors', 'spec.json', 'worker.log'];
const asked: string[] = [];
const archive = {
  files: async () =>
    files.map((name): ArchivedFile => ({ name, sizeBytes: 1, digest: undefined, changedAt })),
  async *read(_id: string, name: string) {
    asked.push(name);
    yield Buffer.from('archived ');
    if (name === failing) throw new Error('damaged');
    yield Buffer.from(name);
  },
};
let failing: string | undefined;
let folder: string;
beforeEach(async () => {
  asked.splice(0);
  failing = undefined;
  folder = join(await mkdtemp(join(tmpdir(), 'moda-materialise-')), 'run');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));
const read = (name: string) => readFile(join(folder, name), 'utf8');

it('what is missing of a run comes back as it was, what others take for complete last', async () => {
  expect(await materialise(archive, 'a', folder)).toEqual([
    'model/weights.safetensors',
    'worker.log',
    'model/module.json',
    'spec.json',
  ]);
  expect(await read('model/module.json')).toBe('archived model/module.json');
  expect((await stat(join(folder, 'worker.log'))).mtime).toEqual(changedAt);
  expect(await materialise(archive, 'a', folder)).toEqual([]);
});

it('what is there stays', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'worker.log'), 'newer');
  await materialise(archive, 'a', folder);
  expect(await read('worker.log')).toBe('newer');
});

it('only what was asked for is fetched', async () => {
  await materialise(archive, 'a', folder, ['model/', 'spec']);
  expect(asked).toEqual(['model/weights.safetensors', 'model/module.json']);
});

it('a file that cannot be read whole does not appear, nor what comes after it', async () => {
  failing = 'worker.log';
  await expect(materialise(archive, 'a', folder)).rejects.toThrow('damaged');
  expect(await readdir(folder)).toEqual(['model']);
  expect(await readdir(join(folder, 'model'))).toEqual(['weights.safetensors']);
});
