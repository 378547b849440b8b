import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overEventStream, overWebSocket, type Subscribe } from '@moda/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Event, eventsOf, eventsOver, type Fields, reaches } from './testing/over-the-wire.js';
import {
  runTraining,
  startTraining,
  type TrainingProcess,
  writeSlowWorker,
} from './testing/training-process.js';

let home: string;
let quickWorker: string;
let slowWorker: string;
const running: TrainingProcess[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-training-'));
  quickWorker = await writeSlowWorker(await mkdtemp(join(home, 'quick-')), 20);
  slowWorker = await writeSlowWorker(await mkdtemp(join(home, 'slow-')), 250);
});

afterEach(async () => {
  for (const service of running.splice(0)) {
    service.kill('SIGKILL');
    await service.ended;
  }
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function start(environment: NodeJS.ProcessEnv = {}): Promise<TrainingProcess> {
  const service = await startTraining({ MODA_HOME: home, TRAINING_WORKER: quickWorker, ...environment });
  running.push(service);
  return service;
}

async function submit(url: string, spec: Fields = { arch: 'lenet5' }): Promise<string> {
  const { submitRun } = await ask<{ submitRun: { run: { id: string } } }>(
    url,
    `mutation ($spec: JSONObject!) { submitRun(input: { experiment: "digits", spec: $spec }) {
      ... on Submission { run { id } } ... on Problem { code message } } }`,
    { spec },
  );
  return submitRun.run.id;
}

async function all(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** Living processes that say they work on a run. */
async function workersOf(id: string): Promise<number[]> {
  const names = await readdir(join(home, 'training', 'runs', id));
  const pids = names.flatMap((name) => /^worker-[0-9a-f]+-(\d+)-/.exec(name)?.[1] ?? []).map(Number);
  const starts = await readFile(join(home, 'training', 'runs', id, 'starts'), 'utf8').catch(() => '');
  return [...pids, ...starts.split('\n').filter(Boolean).map(Number)].filter(isThere);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const statesOf = (events: readonly Event[]) =>
  events.filter(({ kind }) => kind === 'state').map(({ body }) => body['to']);
const stepsOf = (events: readonly Event[]) =>
  events.filter(({ kind }) => kind === 'metric').map(({ body }) => body['step']);
const namesOf = (events: readonly Event[]) =>
  events.filter(({ kind }) => kind === 'artifact').map(({ body }) => body['name']);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('the program', () => {
  it('explains itself', async () => {
    const { exitCode, standardOutput, standardError } = await runTraining(['--help'], {});
    expect({ exitCode, standardError }).toEqual({ exitCode: 0, standardError: '' });
    expect(standardOutput).toContain('MODA_HOME');
  });

  it.each([
    ['an option that is none', ['--verbose'], {}],
    ['a host beyond this machine', [], { TRAINING_HOST: '0.0.0.0' }],
  ])('refuses %s in one sentence', async (_what, words, environment) => {
    const { exitCode, standardOutput, standardError } = await runTraining(words, {
      MODA_HOME: home,
      ...environment,
    });
    expect({ exitCode, standardOutput }).toEqual({ exitCode: 2, standardOutput: '' });
    expect(standardError).toMatch(/^moda-training: [^\n]+\.\n$/);
  });

  it('says that a port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const { exitCode, standardError } = await runTraining(['--port', String(port)], { MODA_HOME: home });
    other.close();
    expect(exitCode).toBe(1);
    expect(standardError).toBe(
      `moda-training: Another program listens at port ${port} of 127.0.0.1; stop it, or choose another port with --port.\n`,
    );
  });
});

describe('a run that is submitted', () => {
  it.each<[string, Subscribe]>([
    ['a stream of events', overEventStream],
    ['a WebSocket', overWebSocket],
  ])('is told over %s until it has succeeded, and can be read afterwards', async (_how, subscribe) => {
    const { url } = await start();
    const id = await submit(url);
    const told = await all(eventsOver(subscribe, url, id));
    expect(statesOf(told)).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    expect(stepsOf(told)).toEqual(numbers(20));
    expect(told.map(({ sequence }) => sequence)).toEqual(numbers(told.length));
    expect(await eventsOf(url, id)).toEqual(told);
    const { series, run } = await ask<{ series: { total: number; points: unknown[] }[]; run: Fields }>(
      url,
      `query ($id: ID!) { run(id: $id) { state outcome { accuracy } device progress { done total } }
        series(runIds: [$id], names: ["crossEntropy"], points: 10) { total points { step value } } }`,
      { id },
    );
    expect(run).toEqual({
      state: 'succeeded',
      outcome: { accuracy: 0.5 },
      device: 'a fake',
      progress: { done: 20, total: 20 },
    });
    expect(series[0]?.total).toBe(20);
    expect(series[0]?.points.length).toBeLessThanOrEqual(10);
  });

  it('with a wrong spec is a problem that names the field', async () => {
    const { url } = await start();
    const answer = await ask<{ submitRun: Fields }>(
      url,
      `mutation { submitRun(input: { experiment: "digits", spec: { arch: "lenet5", epochs: -3 } }) {
        __typename ... on Problem { code message details } } }`,
    );
    expect(answer.submitRun).toMatchObject({
      __typename: 'Problem',
      code: 'SPEC_INVALID',
      details: { path: 'epochs' },
    });
  });
});

describe('a subscriber that is cut off again and again', () => {
  it('misses and repeats nothing', async () => {
    const { url } = await start();
    const id = await submit(url);
    const heard: Event[] = [];
    for (let cuts = 0, over = false; !over; cuts += 1) {
      over = true;
      const subscribe = cuts % 2 === 0 ? overEventStream : overWebSocket;
      for await (const event of eventsOver(subscribe, url, id, heard.at(-1)?.sequence ?? 0)) {
        heard.push(event);
        over = false;
        break;
      }
    }
    expect(heard.length).toBeGreaterThan(40);
    expect(heard).toEqual(await eventsOf(url, id));
  });
});

describe('a run that is forked', () => {
  it('goes on from the epoch that was asked for, out of those that the run keeps', async () => {
    const { url } = await start();
    const id = await submit(url);
    await all(eventsOver(overEventStream, url, id));
    const { run } = await ask<{ run: { checkpoints: { epoch: number }[] } }>(
      url,
      `query ($id: ID!) { run(id: $id) { checkpoints { epoch } } }`,
      { id },
    );
    expect(run.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const { forkRun } = await ask<{ forkRun: { run: { id: string } } }>(
      url,
      `mutation ($id: ID!) { forkRun(id: $id, epoch: 2, changes: { learningRate: 0.001 }) {
        ... on Submission { run { id } } ... on Problem { message } } }`,
      { id },
    );
    const told = await all(eventsOver(overEventStream, url, forkRun.run.id));
    expect(statesOf(told).at(-1)).toBe('succeeded');
    expect(stepsOf(told)).toEqual(numbers(20).slice(10));
  });
});

describe('a run that is cancelled', () => {
  it('ends when its worker is gone, and goes on from its checkpoint as a new run', async () => {
    const { url } = await start({ TRAINING_WORKER: slowWorker });
    const id = await submit(url);
    for await (const { kind } of eventsOver(overEventStream, url, id)) if (kind === 'checkpoint') break;
    const told = all(eventsOver(overWebSocket, url, id));
    const { cancelRuns } = await ask<{ cancelRuns: Fields[] }>(
      url,
      `mutation ($id: ID!) { cancelRuns(ids: [$id]) { ... on Run { id cancelRequestedAt } } }`,
      { id },
    );
    expect(cancelRuns).toEqual([{ id, cancelRequestedAt: expect.any(String) as string }]);
    const events = await told;
    expect(statesOf(events).slice(-2)).toEqual(['checkpointing', 'cancelled']);
    expect(await workersOf(id)).toEqual([]);

    const { resumeRun } = await ask<{ resumeRun: { run: { id: string; parent: Fields } } }>(
      url,
      `mutation ($id: ID!) { resumeRun(id: $id) { ... on Submission { run { id parent { id } } } ... on Problem { message } } }`,
      { id },
    );
    expect(resumeRun.run.parent).toEqual({ id });
    const more = await all(eventsOver(overEventStream, url, resumeRun.run.id));
    expect(statesOf(more).at(-1)).toBe('succeeded');
    expect([...stepsOf(events), ...stepsOf(more)]).toEqual(numbers(20));
  });
});

describe('a service that is stopped while it trains', () => {
  it.each<[string, NodeJS.Signals]>([
    ['by force', 'SIGKILL'],
    ['in order', 'SIGTERM'],
  ])('%s goes on with the run when it comes again', async (_how, signal) => {
    const first = await start({ TRAINING_WORKER: slowWorker });
    const id = await submit(first.url);
    const heard: Event[] = [];
    for await (const event of eventsOver(overEventStream, first.url, id)) {
      heard.push(event);
      if (event.kind === 'checkpoint') break;
    }
    first.kill(signal);
    const { exitCode } = await first.ended;
    expect(exitCode).toBe(signal === 'SIGKILL' ? null : 0);
    const second = await start({ TRAINING_WORKER: slowWorker });
    heard.push(...(await all(eventsOver(overWebSocket, second.url, id, heard.at(-1)?.sequence ?? 0))));
    expect(heard.map(({ sequence }) => sequence)).toEqual(numbers(heard.length));
    expect(stepsOf(heard)).toEqual(numbers(20));
    const states = statesOf(heard);
    expect(states).toContain('interrupted');
    expect(states.filter((state) => state === 'running')).toHaveLength(2);
    expect(states.at(-1)).toBe('succeeded');
  });

  it('tells its subscribers, and ends in order', async () => {
    const { url, kill, ended } = await start({ TRAINING_WORKER: slowWorker });
    const id = await submit(url);
    const hearing = all(eventsOver(overEventStream, url, id));
    hearing.catch(() => undefined);
    await reaches(url, id, 'running');
    kill('SIGTERM');
    await expect(hearing).rejects.toThrow('SERVICE_STOPPING');
    expect((await ended).exitCode).toBe(0);
  });
});

describe('a real worker', () => {
  /** In a place of its own: runs that others left in the queue would be trained in full. */
  const startReal = async () =>
    start({ MODA_HOME: await mkdtemp(join(home, 'real-')), TRAINING_WORKER: undefined });

  it('trains, measures which units each class needs, and its metrics and files are there', async () => {
    const { url } = await startReal();
    const spec = { arch: 'lenet5', dataset: 'digits', trainLimit: 200, batchSize: 100, epochs: 3 };
    const id = await submit(url, spec);
    const told = await all(eventsOver(overEventStream, url, id));
    expect(statesOf(told)).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    expect(stepsOf(told)).toEqual(numbers(6));
    expect(namesOf(told)).toEqual([
      'model/README.md',
      'model/history.json',
      'model/module.json',
      'model/rates.safetensors',
      'model/samples.safetensors',
      'model/weights.safetensors',
    ]);
    const { run } = await ask<{ run: { outcome: Fields; checkpoints: Fields[] } }>(
      url,
      `query ($id: ID!) { run(id: $id) { outcome { accuracy crossEntropy parameters seconds } checkpoints { epoch step } } }`,
      { id },
    );
    expect(run.outcome).toMatchObject({ parameters: 61_706 });
    expect(run.outcome['accuracy']).toBeGreaterThan(0.05);
    expect(run.outcome['crossEntropy']).toBeGreaterThan(0);
    expect(run.checkpoints).toEqual([
      { epoch: 1, step: 2 },
      { epoch: 2, step: 4 },
    ]);
  });
  it('says what a run will take without a run', async () => {
    const { url } = await startReal();
    const spec = { arch: 'lenet5', dataset: 'digits', trainLimit: 200, batchSize: 100, epochs: 3 };
    const answer = await ask<{ submitRun: { estimate: Fields } }>(
      url,
      `mutation ($spec: JSONObject!) { submitRun(input: { experiment: "dry", spec: $spec, dryRun: true }) {
        ... on DryRun { estimate { ... on Estimate { seconds steps peakBytes device } ... on Problem { message } } } } }`,
      { spec },
    );
    const { seconds, steps, peakBytes, device } = answer.submitRun.estimate;
    expect({ steps, device }).toEqual({ steps: 6, device: expect.stringMatching(/threads|GPU/) as string });
    expect(seconds).toBeGreaterThan(0);
    expect(peakBytes).toBeGreaterThan(1e8);
  });
});
