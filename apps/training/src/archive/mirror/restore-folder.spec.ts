import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModaError, isModaError } from '@moda/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readJournal } from '../../conductor/journal-reader.js';
import type { RunRecord } from '../../runs/run-record.js';
import { JournalFile } from '../../worker/journal-file.js';
import { runFiles } from '../../worker/run-files.js';
import { type MemoryArchive, openMemoryArchive } from '../testing/memory-archive.js';
import { restoreModel, restoring } from './restore-folder.js';

let memory: MemoryArchive;
let runsFolder: string;
let id: string;
/** As far as the database has read the journal. */
let offset = 0;
beforeAll(async () => {
  memory = await openMemoryArchive();
  runsFolder = await mkdtemp(join(tmpdir(), 'moda-restore-'));
});
beforeEach(async () => {
  id = await memory.newRun();
  offset = 0;
});
afterAll(async () => {
  await memory.close();
  await rm(runsFolder, { recursive: true });
});

const put = (name: string, run = id) => memory.archive.put(run, name, Buffer.from(`${name} of the archive`));
const journals = { journalOffset: async () => offset };
const restore = (run: Partial<RunRecord> = {}) =>
  restoring({ archive: memory.archive, store: journals, runsFolder, delaysMs: [] })({
    id,
    task: { kind: 'train' },
    ...run,
  } as RunRecord);
const has = (run: string) => readdir(join(runsFolder, run), { recursive: true }).catch(() => []);

it('the folder of a new run is left to whoever begins it', async () => {
  await restore();
  expect(await has(id)).toEqual([]);
});

it('a lost folder comes back, with a journal that goes on where the database stands', async () => {
  for (const name of ['spec.json', 'model/checkpoint.safetensors', 'worker.log']) await put(name);
  offset = 1000;
  await restore();
  expect((await has(id)).sort()).toEqual([
    'journal.ndjson',
    'model',
    'model/checkpoint.safetensors',
    'spec.json',
    'worker.log',
  ]);
  const { folder, journal } = runFiles(join(runsFolder, id));
  const file = JournalFile.open(journal);
  file.append({ kind: 'progress', done: 1, total: 2 });
  file.close();
  expect((await readJournal(journal, offset)).bodies).toEqual([{ kind: 'progress', done: 1, total: 2 }]);
  expect(await readFile(join(folder, 'worker.log'), 'utf8')).toBe('worker.log of the archive');
  expect((await stat(journal)).size).toBeGreaterThan(offset);
});

it('a folder that is there stays as it is', async () => {
  for (const name of ['spec.json', 'worker.log']) await put(name);
  await restore();
  await rm(join(runsFolder, id, 'worker.log'));
  await restore();
  expect(await has(id)).toEqual(['spec.json']);
});

it('what a run begins with comes back too', async () => {
  const [parent, weak, strong] = [await memory.newRun(), await memory.newRun(), await memory.newRun()];
  for (const name of ['spec.json', 'checkpoints/epoch-2.safetensors']) await put(name, parent);
  for (const name of ['spec.json', 'model/module.json', 'evaluation.json']) await put(name, weak);
  await put('model/weights.safetensors', strong);
  const task = { kind: 'replace', weak, strong, class: '0', strategy: 'moda', tau: 0.9 } as const;
  await restore({ parent: { runId: parent, epoch: 2 }, task });
  expect((await has(parent)).sort()).toEqual(['checkpoints', 'checkpoints/epoch-2.safetensors', 'spec.json']);
  expect((await has(weak)).sort()).toEqual(['evaluation.json', 'model', 'model/module.json']);
  // Without its manifest it is no model.
  expect(await has(strong)).toEqual([]);
});

it('a model that is there is not looked for', async () => {
  await put('model/module.json');
  const folder = join(runsFolder, id);
  await restoreModel(memory.archive, id, folder);
  await writeFile(join(folder, 'model', 'module.json'), 'its own');
  await restoreModel(memory.archive, id, folder);
  expect(await readFile(join(folder, 'model', 'module.json'), 'utf8')).toBe('its own');
});

it('an archive that does not answer is asked again, and is no mistake of the run', async () => {
  await put('spec.json');
  let tries = 0;
  const failing = {
    files: async () => {
      tries += 1;
      throw new ModaError('BLOB_STORE_UNREACHABLE', 'It does not answer.');
    },
    read: memory.archive.read,
  };
  const run = { id, task: { kind: 'train' } } as RunRecord;
  const outcome = restoring({ archive: failing, store: journals, runsFolder, delaysMs: [1, 1] })(run);
  const error: unknown = await outcome.catch((reason: unknown) => reason);
  expect((error as Error).message).toContain('It does not answer.');
  expect(isModaError(error)).toBe(false);
  expect(tries).toBe(3);
});
