import { mkdtemp, rm } from 'node:fs/promises';
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

const statesOf = (events: readonly Event[]) =>
  events.filter(({ kind }) => kind === 'state').map(({ body }) => body['to']);
const stepsOf = (events: readonly Event[]) =>
  events.filter(({ kind }) => kind === 'metric').map(({ body }) => body['step']);
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

describe('a run that is cancelled', () => {
  it.todo('ends when its worker is gone, and goes on from its checkpoint as a new run');
});

describe('a service that is stopped while it trains', () => {
  it.each<[string, NodeJS.Signals]>([['by force', 'SIGKILL']])(
    '%s goes on with the run when it comes again',
    async (_how, signal) => {
      const first = await start({ TRAINING_WORKER: slowWorker });
      const id = await submit(first.url);
      const heard: Event[] = [];
      for await (const event of eventsOver(overEventStream, first.url, id)) {
        heard.push(event);
        if (event.kind === 'checkpoint') break;
      }
      first.kill(signal);
      const { exitCode } = await first.ended;
      expect(exitCode).toBeNull();
      const second = await start({ TRAINING_WORKER: slowWorker });
      heard.push(...(await all(eventsOver(overWebSocket, second.url, id, heard.at(-1)?.sequence ?? 0))));
      expect(heard.map(({ sequence }) => sequence)).toEqual(numbers(heard.length));
      expect(stepsOf(heard)).toEqual(numbers(20));
      const states = statesOf(heard);
      expect(states).toContain('interrupted');
      expect(states.filter((state) => state === 'running')).toHaveLength(2);
      expect(states.at(-1)).toBe('succeeded');
    },
  );

  it('tells its subscribers, and does not wait for them', async () => {
    const { url, kill, ended } = await start({ TRAINING_WORKER: slowWorker });
    const id = await submit(url);
    const hearing = all(eventsOver(overEventStream, url, id));
    hearing.catch(() => undefined);
    await reaches(url, id, 'running');
    const startedAt = Date.now();
    kill('SIGTERM');
    await expect(hearing).rejects.toThrow('SERVICE_STOPPING');
    expect((await ended).exitCode).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('a service that is stopped by a signal', () => {
  it.todo('goes on with the run when it comes again');
});

describe('a real worker', () => {
  it.todo('trains, and its metrics and model are there');
  it.todo('publishes its model in a registry, which names the run');
});
