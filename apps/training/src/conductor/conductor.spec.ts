import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTerminal } from '@moda/contracts';
import { createLogger } from '@moda/service-kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalExecutor } from '../execution/local-executor.js';
import { type Conductor, type ConductorOptions, openConductor } from './conductor.js';
import { type Tricks, writeFakeWorker } from './testing/fake-worker.js';
import { MemoryRunStore } from './testing/memory-run-store.js';

const all = Array.from({ length: 20 }, (_, i) => i + 1);
const quick = { lookMs: 20, beatMs: 20, superviseMs: 50, silentMs: 1000, graceMs: 3000, retryMs: 20 };

let folder: string;
let program: string;
let store: MemoryRunStore;
const opened: Conductor[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-conductor-'));
  program = await writeFakeWorker(folder);
  store = new MemoryRunStore();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((conductor) => conductor.stop()));
  await rm(folder, { recursive: true, force: true });
});

const runsFolder = () => join(folder, 'runs');
const newExecutor = () => new LocalExecutor({ runsFolder: runsFolder(), program });

async function conduct(given: Partial<ConductorOptions> = {}): Promise<Conductor> {
  const conductor = await openConductor({
    store: store.asRunStore(),
    executor: newExecutor(),
    logger: createLogger({ service: 'spec', level: 'silent' }),
    clock: () => new Date(),
    atOnce: 2,
    timings: quick,
    ...given,
  });
  opened.push(conductor);
  return conductor;
}

async function submit(id: string, tricks: Tricks = {}, given = {}): Promise<void> {
  await mkdir(join(runsFolder(), id), { recursive: true });
  await writeFile(join(runsFolder(), id, 'tricks.json'), JSON.stringify(tricks));
  store.add(id, given);
}

async function until(id: string, done: (state: string) => boolean = (s) => isTerminal(s as never)) {
  await vi.waitFor(async () => expect(done((await store.run(id))!.state)).toBe(true), 10_000);
  return (await store.run(id))!;
}
const atStep = (id: string, step: number) =>
  vi.waitFor(() => expect(store.steps(id).length).toBeGreaterThanOrEqual(step), 10_000);

async function starts(id: string): Promise<number[]> {
  return (await readFile(join(runsFolder(), id, 'starts'), 'utf8')).trim().split('\n').map(Number);
}
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a run in the queue', () => {
  it('is claimed, started, trained to its end, and every line of its journal is stored once', async () => {
    await submit('a');
    await conduct();
    expect(await until('a')).toMatchObject({
      state: 'succeeded',
      outcome: { accuracy: 0.5 },
      device: 'a fake',
      attempt: 1,
    });
    expect(store.states.get('a')).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    expect(store.steps('a')).toEqual(all);
  });

  it('waits while as many run as may, and the highest priority is first', async () => {
    for (const id of ['a', 'b', 'c']) await submit(id, {}, { priority: id === 'c' ? 1 : 0 });
    const order: string[] = [];
    let most = 0;
    const onNews = (id: string) => {
      if (!order.includes(id)) order.push(id);
      const live = [...store.states.values()].filter((s) => ['starting', 'running'].includes(s.at(-1)!));
      most = Math.max(most, live.length);
    };
    await conduct({ atOnce: 1, onNews });
    await until('a');
    await until('b');
    expect(order).toEqual(['c', 'a', 'b']);
    expect(most).toBe(1);
  });

  it('is started at once when its submission is told', async () => {
    const conductor = await conduct({ timings: { ...quick, lookMs: 60_000 } });
    await submit('a');
    conductor.wake();
    await until('a', (state) => state === 'running');
  });
});

describe('a worker that ends before its run does', () => {
  it('by a lack of memory: the run says so, goes on from its checkpoint, and no point is missing or doubled', async () => {
    await submit('a', { dieAt: 8, deaths: 2, tornLine: '{"kind":"metric","st' });
    await conduct();
    const reasons: string[] = [];
    const seen = setInterval(() => void store.run('a').then((run) => reasons.push(run!.reason)), 5);
    expect(await until('a')).toMatchObject({ state: 'succeeded', attempt: 3 });
    clearInterval(seen);
    expect(store.steps('a')).toEqual(all);
    expect(store.states.get('a')!.filter((state) => state === 'interrupted')).toHaveLength(2);
  });

  it('again and again at the same place: given up after three resumes, in words', async () => {
    await submit('a', { dieAt: 3 });
    await conduct();
    expect(await until('a')).toMatchObject({
      state: 'failed',
      attempt: 4,
      error: { code: 'WORKER_LOST', message: expect.stringMatching(/4 times .* memory ran out/) as string },
    });
  });

  it('by a crash: its last signal stands in the reason', async () => {
    await submit('a', { dieAt: 3, signal: 'SIGABRT' });
    await conduct({ resumesWithoutProgress: 0 });
    expect((await until('a')).error?.message).toContain('broke off by SIGABRT');
  });

  it('with an error of the user: the run has failed and is never tried again', async () => {
    await submit('a', { failAt: 6 });
    await conduct();
    expect(await until('a')).toMatchObject({
      state: 'failed',
      attempt: 1,
      reason: 'Training failed: The loss became NaN.',
      error: { code: 'TRAINING_DIVERGED' },
    });
  });

  it('without a sign of life: it is killed, and the run goes on with another', async () => {
    await submit('a', { hangAt: 7 });
    await conduct();
    expect(await until('a')).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(store.steps('a')).toEqual(all);
    expect((await starts('a')).filter(isThere)).toEqual([]);
  });
});

describe('cancelling', () => {
  it('a queued run is done at once, a live one when its worker is gone', async () => {
    await submit('a', { stepMs: 100 });
    await submit('b');
    const conductor = await conduct({ atOnce: 1 });
    await atStep('a', 2);
    expect(await conductor.cancel('b', 'Cancelled.')).toMatchObject({ kind: 'cancelled' });
    expect(await conductor.cancel('a', 'Cancelled.')).toMatchObject({ kind: 'requested' });
    expect((await store.run('a'))?.state).not.toBe('cancelled');
    expect(await until('a')).toMatchObject({
      state: 'cancelled',
      reason: 'Cancelled; its checkpoint is written, and its worker is gone.',
    });
    expect((await starts('a')).filter(isThere)).toEqual([]);
    expect(await conductor.cancel('a', 'Cancelled.')).toMatchObject({ kind: 'refused', state: 'cancelled' });
  });

  it('a worker that does not listen is killed after the grace', async () => {
    await submit('a', { stepMs: 200, deaf: true });
    const conductor = await conduct({ timings: { ...quick, graceMs: 200 } });
    await atStep('a', 1);
    await conductor.cancel('a', 'Cancelled.');
    expect((await until('a')).reason).toBe(
      'Cancelled; it did not stop in time and was ended, and its worker is gone.',
    );
    expect((await starts('a')).filter(isThere)).toEqual([]);
  });

  it('a wish that another service has stored is found', async () => {
    await submit('a', { stepMs: 50 });
    await conduct();
    await atStep('a', 1);
    await store.requestCancel('a', 'Cancelled.');
    expect((await until('a')).state).toBe('cancelled');
  });
});

describe('a service', () => {
  it('that is stopped puts its runs back into the queue with a checkpoint, and the next one ends them', async () => {
    await submit('a', { stepMs: 30 });
    const first = await conduct();
    await atStep('a', 7);
    await first.stop();
    expect(await store.run('a')).toMatchObject({ state: 'queued', worker: undefined });
    expect((await starts('a')).filter(isThere)).toEqual([]);
    await conduct();
    expect(await until('a')).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(store.steps('a')).toEqual(all);
  });

  it('that was killed: what it left is read to its end, and what no worker is alive of is interrupted at once', async () => {
    const executor = newExecutor();
    const worker = { pid: 1, host: executor.place, token: 'of the dead' };
    await submit('half', {}, { state: 'running', worker, attempt: 1 });
    await submit('done', {}, { state: 'running', worker, attempt: 1 });
    await submit('between', {}, { state: 'interrupted', attempt: 1 });
    const lines = (step: number) => `{"kind":"metric","step":${step},"values":{"loss":1}}\n`;
    await writeFile(join(runsFolder(), 'half', 'journal.ndjson'), `${lines(1)}${lines(2)}{"kind":"me`);
    await writeFile(
      join(runsFolder(), 'done', 'journal.ndjson'),
      `${lines(1)}{"kind":"end","outcome":"succeeded"}\n`,
    );
    await conduct({ executor });
    expect(await until('done')).toMatchObject({ state: 'succeeded', attempt: 1 });
    expect(await until('half')).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(await until('between')).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(store.states.get('half')).toEqual([
      'running',
      'interrupted',
      'queued',
      'admitted',
      'starting',
      'running',
      'succeeded',
    ]);
    expect(store.steps('half')).toEqual(all);
  });

  it('of which a run was taken ends its worker and says nothing more about it', async () => {
    await submit('a', { stepMs: 50 });
    await conduct();
    await atStep('a', 2);
    const taken = { pid: 1, host: 'elsewhere', token: 'of another' };
    await store.move('a', 'running', 'checkpointing', 'Taken.', { worker: taken });
    await vi.waitFor(async () => expect((await starts('a')).filter(isThere)).toEqual([]), 10_000);
    expect(await store.run('a')).toMatchObject({ state: 'checkpointing', worker: taken });
    await store.move('a', 'checkpointing', 'cancelled', 'Enough.');
  });

  it('has its runs folder for itself', async () => {
    await conduct();
    await expect(conduct()).rejects.toMatchObject({
      code: 'RUN_LOCKED',
      message: expect.stringContaining('give this one another folder') as string,
    });
  });
});
