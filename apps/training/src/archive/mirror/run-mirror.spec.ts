import { link, mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runFiles } from '../../worker/run-files.js';
import type { RunArchive } from '../run-archive.js';
import { type MemoryArchive, openMemoryArchive } from '../testing/memory-archive.js';
import { RunMirror } from './run-mirror.js';

let memory: MemoryArchive;
let home: string;
let id: string;
/** What was asked of the archive that costs something. */
let costs: string[];

beforeAll(async () => {
  memory = await openMemoryArchive();
  home = await mkdtemp(join(tmpdir(), 'moda-mirror-'));
});
beforeEach(async () => {
  id = await memory.newRun();
  costs = [];
});
afterAll(async () => {
  await memory.close();
  await rm(home, { recursive: true });
});

const counted = (): RunArchive => ({
  ...memory.archive,
  put: (run, name, content, expected) => {
    costs.push(`put ${name}`);
    return memory.archive.put(run, name, content, expected);
  },
  append: (run, name, offset, bytes) => {
    costs.push(`append ${name} ${offset}+${bytes.length}`);
    return memory.archive.append(run, name, offset, bytes);
  },
});
const mirror = () => new RunMirror(counted(), id, runFiles(join(home, id)));
const pathOf = (name: string) => join(home, id, name);
/** As workers write: a new file in place of the old one. */
async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(pathOf(name)), { recursive: true });
  await writeFile(`${pathOf(name)}.partial`, text);
  await rename(`${pathOf(name)}.partial`, pathOf(name));
}
const names = async () => (await memory.archive.files(id)).map(({ name }) => name);
async function read(name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of memory.archive.read(id, name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('a run that trains has its log, its newest checkpoint and those it keeps in the archive', async () => {
  await write('spec.json', '{}');
  await write('worker.log', 'It begins.\n');
  await write('model/checkpoint.safetensors', 'epoch 1');
  await write('model/checkpoint.previous.safetensors', 'epoch 0');
  await write('model/weights.safetensors.partial', 'half');
  await mkdir(pathOf('checkpoints'));
  await link(pathOf('model/checkpoint.safetensors'), pathOf('checkpoints/epoch-1.safetensors'));
  await write('worker-0123456789ab-17-99-abcdef01', '');
  await mirror().look();
  const kept = ['checkpoints/epoch-1.safetensors', 'model/checkpoint.safetensors', 'spec.json', 'worker.log'];
  expect(await names()).toEqual(kept);
  expect(await read('checkpoints/epoch-1.safetensors')).toBe('epoch 1');
  // The same bytes under two names are read and stored once.
  expect(costs.filter((each) => each.includes('checkpoint'))).toEqual(['put model/checkpoint.safetensors']);
});

it('only what is new is copied, by a later process as well', async () => {
  await write('spec.json', '{}');
  await write('worker.log', 'one\n');
  await write('model/checkpoint.safetensors', 'epoch 1');
  const first = mirror();
  await first.look();
  costs = [];
  await first.look(true);
  await mirror().look();
  expect(costs).toEqual([]);
  await write('model/checkpoint.safetensors', 'epoch 2');
  await writeFile(pathOf('worker.log'), 'two\n', { flag: 'a' });
  await first.look(true);
  expect(costs).toEqual(['append worker.log 4+4', 'put model/checkpoint.safetensors']);
  expect([await read('worker.log'), await read('model/checkpoint.safetensors')]).toEqual([
    'one\ntwo\n',
    'epoch 2',
  ]);
});

it('a finished run has its model with the manifest last, and no checkpoint that it has removed', async () => {
  await write('spec.json', '{}');
  await write('model/checkpoint.safetensors', 'epoch 2');
  for (const epoch of [1, 2]) await write(`checkpoints/epoch-${epoch}.safetensors`, `epoch ${epoch}`);
  const own = mirror();
  await own.look();
  await rm(pathOf('model/checkpoint.safetensors'));
  await rm(pathOf('checkpoints/epoch-1.safetensors'));
  await write('model/module.json', '{}');
  await write('model/weights.safetensors', 'weights');
  await write('evaluation.json', '{}');
  await write('worker.log', 'It ends.\n');
  await own.settle();
  expect(await names()).toEqual([
    'checkpoints/epoch-2.safetensors',
    'evaluation.json',
    'model/module.json',
    'model/weights.safetensors',
    'spec.json',
    'worker.log',
  ]);
  expect(costs.at(-1)).toBe('put model/module.json');
  expect((await memory.archive.file(id, 'worker.log'))?.digest).toMatch(/^sha256:/);
});

it('a folder that is lost takes nothing with it', async () => {
  await write('spec.json', '{}');
  await write('start.safetensors', 'start');
  await write('model/checkpoint.safetensors', 'epoch 1');
  await write('checkpoints/epoch-1.safetensors', 'epoch 1');
  const own = mirror();
  await own.look();
  const before = await names();
  await rm(join(home, id), { recursive: true });
  await own.look(true);
  await mirror().settle();
  expect(await names()).toEqual(before);
});

it('a checkpoint that is replaced while it is read is read whole', async () => {
  const large = 'first '.repeat(200_000);
  await write('model/checkpoint.safetensors', large);
  const replacing: RunArchive = {
    ...memory.archive,
    async put(run, name, content, expected) {
      await write(name, 'second');
      return memory.archive.put(run, name, content, expected);
    },
  };
  await new RunMirror(replacing, id, runFiles(join(home, id))).look();
  expect(await read('model/checkpoint.safetensors')).toBe(large);
  await mirror().look();
  expect(await read('model/checkpoint.safetensors')).toBe('second');
});

it('a checkpoint that is away for the moment in which it is replaced is waited for', async () => {
  await write('model/checkpoint.previous.safetensors', 'epoch 1');
  setTimeout(() => void write('model/checkpoint.safetensors', 'epoch 2'), 2);
  await mirror().look();
  expect(await names()).toEqual(['model/checkpoint.safetensors']);
});

it('a file that is written to while it is read is not taken', async () => {
  await write('result.json', '{"tau":0.5}');
  const disturbing: RunArchive = {
    ...memory.archive,
    async put(run, name, content, expected) {
      await writeFile(pathOf(name), '{"tau":0.9}');
      await utimes(pathOf(name), 1, 1);
      return memory.archive.put(run, name, content, expected);
    },
  };
  await expect(new RunMirror(disturbing, id, runFiles(join(home, id))).look()).rejects.toThrow('written to');
  expect(await names()).toEqual([]);
});

it('a log that was begun anew is copied anew', async () => {
  await write('worker.log', 'the first one, which is longer');
  const own = mirror();
  await own.look();
  await write('worker.log', 'second');
  await own.look();
  expect(await read('worker.log')).toBe(await readFile(pathOf('worker.log'), 'utf8'));
});
