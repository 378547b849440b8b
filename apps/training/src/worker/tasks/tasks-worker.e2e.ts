import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTrainSpec, type RunTask } from '@moda/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type JournalBody, parseJournalLine } from '../journal-body.js';
import { type RunFiles, runFiles } from '../run-files.js';

// Workers run what was built.
const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'moda-training-worker.mjs');
const spec = parseTrainSpec({ arch: 'lenet5', dataset: 'digits', trainLimit: 200, epochs: 1 });

let folder: string;
const workers: ChildProcess[] = [];
const filesOf = (id: string) => runFiles(join(folder, id));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-task-worker-'));
  await seed('source');
  expect(await work('source').code).toBe(0);
}, 120_000);
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function seed(id: string, task?: RunTask): Promise<RunFiles> {
  const files = filesOf(id);
  await mkdir(files.folder, { recursive: true });
  if (task) await writeFile(files.task, JSON.stringify(task));
  await writeFile(files.spec, JSON.stringify(spec));
  return files;
}

function work(id: string): { readonly worker: ChildProcess; readonly code: Promise<number | string> } {
  const worker = spawn(process.execPath, [program, filesOf(id).folder], { stdio: 'ignore' });
  workers.push(worker);
  const code = once(worker, 'exit').then(([exit, signal]) => (exit ?? signal) as number | string);
  return { worker, code };
}

async function journalOf({ journal }: RunFiles): Promise<JournalBody[]> {
  const lines = (await readFile(journal, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return lines.flatMap((line) => parseJournalLine(line) ?? []);
}

/** Whoever has said its last word is not started again. */
const hasEnded = async (files: RunFiles) => (await journalOf(files)).some(({ kind }) => kind === 'end');

const progressOf = async (files: RunFiles) =>
  (await journalOf(files)).filter(({ kind }) => kind === 'progress').length;

/** What is in a folder, by name. */
async function digests(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).sort();
  const entries = names.map(async (name) => {
    const bytes = await readFile(join(path, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It takes too long.');
    await sleep(5);
  }
}

const tasks: readonly RunTask[] = [
  { kind: 'decompose', run: 'source', tau: 0.5 },
  { kind: 'compose', run: 'source', classes: ['1', '4'], tau: 0.8 },
  { kind: 'replace', weak: 'source', strong: 'source', class: '2', strategy: 'moda', tau: 0.5 },
  { kind: 'sweepTau', run: 'source', taus: [0.3, 0.7], subtasksPerSize: 2 },
];

describe.each(tasks)('a worker that is to $kind', (task) => {
  it('ends with the same files however often it is killed, and touches no source', async () => {
    const source = await digests(filesOf('source').model);
    const undisturbed = await seed(`${task.kind}-whole`, task);
    expect(await work(`${task.kind}-whole`).code).toBe(0);
    const expected = await digests(undisturbed.model);

    const id = `${task.kind}-killed`;
    const files = await seed(id, task);
    let kills = 0;
    for (const part of [0, 1, 2, 3]) {
      const before = await progressOf(files);
      const { worker, code } = work(id);
      const begun = until(async () => (await progressOf(files)) - before >= part);
      await Promise.race([begun, code]);
      worker.kill('SIGKILL');
      if ((await code) === 'SIGKILL') kills += 1;
      const names = await readdir(files.model).catch((): string[] => []);
      // Whole or not at all.
      expect([[], Object.keys(expected)]).toContainEqual(names.sort());
    }
    expect(kills).toBeGreaterThan(1);
    if (!(await hasEnded(files))) expect(await work(id).code).toBe(0);
    expect(await digests(files.model)).toEqual(expected);
    expect(await readFile(files.result, 'utf8')).toBe(await readFile(undisturbed.result, 'utf8'));
    expect(await digests(filesOf('source').model)).toEqual(source);
    expect((await readdir(files.folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);

    const artifacts = (await journalOf(files)).flatMap((body) => (body.kind === 'artifact' ? [body] : []));
    expect(artifacts.map(({ name }) => name)).toEqual([
      ...Object.keys(expected).map((name) => `model/${name}`),
      'result.json',
    ]);
    expect(artifacts.slice(0, -1).map(({ digest }) => digest)).toEqual(
      Object.values(expected).map((hex) => `sha256:${hex}`),
    );
  });
});

describe('a worker that is told to stop', () => {
  it('ends at once, leaves nothing half done, and can be started again', async () => {
    const task = tasks[2]!;
    const files = await seed('stopped', task);
    const { worker, code } = work('stopped');
    await until(async () => (await journalOf(files)).some(({ kind }) => kind === 'progress'));
    worker.kill('SIGTERM');
    expect(await code).toBe(130);
    expect((await journalOf(files)).some(({ kind }) => kind === 'end')).toBe(false);
    await expect(readdir(files.model)).rejects.toThrow('ENOENT');
    expect(await work('stopped').code).toBe(0);
    expect((await journalOf(files)).at(-1)).toMatchObject({ kind: 'end', outcome: 'succeeded' });
  });
});

describe('a worker whose source is damaged', () => {
  it('fails with a sentence about the run, not about folders', async () => {
    await cp(filesOf('source').folder, filesOf('damaged').folder, { recursive: true });
    await writeFile(join(filesOf('damaged').model, 'weights.safetensors'), 'no weights');
    const files = await seed('of-damaged', { kind: 'compose', run: 'damaged', classes: ['1'], tau: 0.9 });
    expect(await work('of-damaged').code).toBe(1);
    const end = (await journalOf(files)).at(-1);
    expect(end).toMatchObject({ kind: 'end', outcome: 'failed', code: 'SAFETENSORS_INVALID' });
    expect(JSON.stringify(end)).toContain('of run damaged');
    expect(JSON.stringify(end)).not.toContain(folder);
  });
});
