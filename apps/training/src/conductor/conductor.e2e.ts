import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, parseTrainSpec } from '@moda/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRunStore } from '../runs/open-run-store.js';

// Processes run what was built.
const program = join(
  import.meta.dirname,
  '..',
  '..',
  'dist',
  'conductor',
  'testing',
  'serve-until-killed.js',
);

/** 3 steps an epoch. */
const spec = parseTrainSpec({ arch: 'lenet5', dataset: 'digits', trainLimit: 300, epochs: 6 });
const steps = Array.from({ length: 18 }, (_, i) => i + 1);

let folder: string;
let expected: { readonly weights: string; readonly points: unknown };
const services: ChildProcess[] = [];

beforeAll(async () => {
  expect(existsSync(program), 'built by tsc -b').toBe(true);
  folder = await mkdtemp(join(tmpdir(), 'moda-train-'));
  const undisturbed = await open('undisturbed');
  expected = await undisturbed.toEnd(await undisturbed.serve());
});
afterEach(async () => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A place of runs with one run in its queue. */
async function open(name: string) {
  const dataFolder = join(folder, name, 'database');
  const runsFolder = join(folder, name, 'runs');
  const store = await openRunStore({ dataFolder });
  const submitted = await store.submit({ experiment: 'kills', user: 'local', spec, traceId: '0'.repeat(32) });
  await store.close();
  const { id } = submitted.run;
  const journal = join(runsFolder, id, 'journal.ndjson');

  return {
    async serve(): Promise<ChildProcess> {
      const service = spawn(process.execPath, [program, dataFolder, runsFolder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      services.push(service);
      await once(service.stdout!, 'data');
      return service;
    },
    /** Processes that say they work on the run. */
    async workers(): Promise<number[]> {
      const names = await readdir(join(runsFolder, id)).catch((): string[] => []);
      return names
        .flatMap((each) => /^worker-[0-9a-f]+-(\d+)-/.exec(each)?.[1] ?? [])
        .map(Number)
        .filter(isThere);
    },
    async journalBytes(): Promise<number> {
      return (await readFile(journal).catch(() => Buffer.alloc(0))).length;
    },
    async isDone(): Promise<boolean> {
      return (await readFile(journal, 'utf8').catch(() => '')).includes('"kind":"end"');
    },
    /** Lets the service end the run, stops it, and answers with what is to be the same however often anything was killed. */
    async toEnd(service: ChildProcess) {
      await until(() => this.isDone(), 120_000);
      const ended = once(service, 'exit');
      await sleep(1500);
      service.kill('SIGTERM');
      await ended;
      const reopened = await openRunStore({ dataFolder });
      const run = (await reopened.run(id))!;
      const events = await reopened.events(id, 0, 10_000);
      await reopened.close();
      expect(run.state, run.reason).toBe('succeeded');
      expect(isTerminal(run.state)).toBe(true);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
      const points = events.flatMap(({ body }) => (body.kind === 'metric' ? [body] : []));
      expect(points.map(({ step }) => step).sort((a, b) => a - b)).toEqual(steps);
      expect(points.filter(({ values }) => 'accuracy' in values)).toHaveLength(6);
      expect(events.filter(({ body }) => body.kind === 'artifact')).toHaveLength(4);
      expect(await this.workers()).toEqual([]);
      const bytes = await readFile(join(runsFolder, id, 'model', 'weights.safetensors'));
      return {
        weights: createHash('sha256').update(bytes).digest('hex'),
        points: points.map(({ step, values }) => ({ step, values })).sort((a, b) => a.step - b.step),
      };
    },
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(done: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (await done()) return true;
    await sleep(10);
  }
  return false;
}

/** A random moment of a worker's life: before it has read its spec, while it loads TensorFlow, between steps, while it evaluates. */
const someMoment = () => sleep(Math.random() * 2500);

type Place = Awaited<ReturnType<typeof open>>;
async function worker(place: Place): Promise<number | undefined> {
  let pid: number | undefined;
  await until(async () => (pid = (await place.workers())[0]) !== undefined || (await place.isDone()), 60_000);
  return pid;
}

describe('a run that is disturbed ends with the weights and the points of an undisturbed one', () => {
  it('its worker is killed at 5 random moments', async () => {
    const place = await open('worker');
    const service = await place.serve();
    let kills = 0;
    for (; kills < 5; kills += 1) {
      const pid = await worker(place);
      if (pid === undefined) break;
      await someMoment();
      if (isThere(pid)) process.kill(pid, 'SIGKILL');
    }
    expect(await place.toEnd(service)).toEqual(expected);
    expect(kills).toBeGreaterThan(1);
  });

  it('its service is killed at 5 random moments, and no worker outlives it for 10 s', async () => {
    const place = await open('service');
    let longestMs = 0;
    for (let kills = 0; kills < 5 && !(await place.isDone()); kills += 1) {
      const service = await place.serve();
      await worker(place);
      await someMoment();
      const ended = once(service, 'exit');
      service.kill('SIGKILL');
      await ended;
      const killedAt = performance.now();
      // Every other time the next service comes while the worker writes its checkpoint.
      if (kills % 2 === 0) continue;
      expect(await until(async () => (await place.workers()).length === 0, 10_000)).toBe(true);
      longestMs = Math.max(longestMs, performance.now() - killedAt);
    }
    console.log(`longest life of a worker without its service: ${Math.round(longestMs)} ms`);
    expect(await place.toEnd(await place.serve())).toEqual(expected);
  });

  it('both are killed at the same moment, 3 times', async () => {
    const place = await open('both');
    for (let kills = 0; kills < 3 && !(await place.isDone()); kills += 1) {
      const service = await place.serve();
      const pid = await worker(place);
      await someMoment();
      const ended = once(service, 'exit');
      service.kill('SIGKILL');
      if (pid !== undefined && isThere(pid)) process.kill(pid, 'SIGKILL');
      await ended;
    }
    expect(await place.toEnd(await place.serve())).toEqual(expected);
  });
});
