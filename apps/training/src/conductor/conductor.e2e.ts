import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTrainSpec } from '@moda/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, isThere, KillPlace, program, until } from './testing/kill-place.js';

/** Kills of each kind. */
const wanted = Number(process.env['MODA_KILLS'] ?? 3);
/** They are spread over so many runs, so that they hit every part of a run's life; each run survives several. */
const runsAtOnce = Math.max(1, Math.ceil(wanted / 4));
/** In milliseconds; to be multiplied. */
const minutes = 60_000;

/** 2 steps an epoch. */
const spec = parseTrainSpec({ arch: 'lenet5', dataset: 'digits', trainLimit: 200, epochs: 4 });
const steps = [1, 2, 3, 4, 5, 6, 7, 8];
const artifacts = [
  'model/README.md',
  'model/history.json',
  'model/module.json',
  'model/rates.safetensors',
  'model/samples.safetensors',
  'model/weights.safetensors',
];

let folder: string;
let expected: { readonly weights: string; readonly points: unknown };
/** Of the worker of a run that nobody disturbs, from its first sign of life on. */
let lifeMs: number;
let places: KillPlace[] = [];

beforeAll(async () => {
  expect(existsSync(program), 'built by tsc -b').toBe(true);
  folder = await mkdtemp(join(tmpdir(), 'moda-kills-'));
  const place = await open('undisturbed', 1);
  const service = await place.serve();
  await place.worker();
  const startedAt = performance.now();
  await until(() => place.isDone(), 2 * minutes);
  lifeMs = performance.now() - startedAt;
  const [undisturbed] = await place.toEnd(service);
  expected = whatCounts(undisturbed!);
});
afterEach(() => {
  for (const place of places) place.close();
  places = [];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(name: string, runs: number): Promise<KillPlace> {
  const place = await KillPlace.open(
    join(folder, name),
    Array.from({ length: runs }, () => spec),
  );
  places.push(place);
  return place;
}

/** Checks what may never be otherwise, and takes out what is to be the same however often anything was killed. */
function whatCounts({ events, keptEpochs, run, weights }: Ended): typeof expected {
  expect(run.state, run.reason).toBe('succeeded');
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  const points = events.flatMap(({ body }) => (body.kind === 'metric' ? [body] : []));
  expect(points.map(({ step }) => step).sort((a, b) => a - b)).toEqual(steps);
  expect(points.filter(({ values }) => 'accuracy' in values)).toHaveLength(4);
  expect(events.flatMap(({ body }) => (body.kind === 'artifact' ? [body.name] : [])).sort()).toEqual(
    artifacts,
  );
  expect(keptEpochs).toEqual([1, 2, 3]);
  return {
    weights,
    points: points.map(({ step, values }) => ({ step, values })).sort((a, b) => a.step - b.step),
  };
}

/** A moment of a worker's life: before it has read its spec, while it loads TensorFlow, between steps, while it measures. */
const someMoment = () => sleep(Math.random() * lifeMs);

async function kill(service: ChildProcess): Promise<void> {
  const ended = once(service, 'exit');
  service.kill('SIGKILL');
  await ended;
}

/** Kills something at some moment; answers with who serves then, or undefined where there was nothing left to kill. */
type Disturb = (place: KillPlace, service: ChildProcess) => Promise<ChildProcess | undefined>;

/** Disturbs runs until there were kills enough; each has to end as if nothing had happened. */
async function disturbed(name: string, disturb: Disturb): Promise<void> {
  const all: Ended[] = [];
  let kills = 0;
  for (let round = 1; kills < wanted; round += 1) {
    const place = await open(`${name}-${round}`, runsAtOnce);
    let service = await place.serve();
    while (kills < wanted && (await place.worker()) !== undefined) {
      const next = await disturb(place, service);
      if (next === undefined) continue;
      service = next;
      kills += 1;
    }
    all.push(...(await place.toEnd(service)));
    expect(place.processes()).toEqual([]);
  }
  for (const ended of all) expect(whatCounts(ended)).toEqual(expected);
  const attempts = all.reduce((sum, { run }) => sum + run.attempt, 0);
  const longestLieMs = Math.max(...all.map((ended) => ended.longestLieMs));
  console.log(
    `${name}: ${kills} kills, ${all.length} runs, ${attempts} attempts; at the longest ${longestLieMs} ms "running" without a worker`,
  );
  expect(longestLieMs).toBeLessThan(30_000);
}

describe('runs that are disturbed end with the weights and the points of one that is not', () => {
  it(
    `worker killed, ${wanted} times`,
    () =>
      disturbed('worker', async (place, service) => {
        const pid = await place.worker();
        await someMoment();
        if (pid === undefined || !isThere(pid)) return undefined;
        process.kill(pid, 'SIGKILL');
        return service;
      }),
    30 * minutes,
  );

  it(
    `service killed, ${wanted} times, and no worker outlives it by more than a minute`,
    async () => {
      let longestMs = 0;
      let kills = 0;
      await disturbed('service', async (place, service) => {
        await someMoment();
        await kill(service);
        const killedAt = performance.now();
        // Every other time the next service comes while the worker writes its checkpoint.
        if ((kills += 1) % 2 === 0) {
          expect(await until(async () => (await place.workers()).length === 0, minutes)).toBe(true);
          longestMs = Math.max(longestMs, performance.now() - killedAt);
        }
        return place.serve();
      });
      console.log(`service: at the longest ${Math.round(longestMs)} ms of a worker without its service`);
    },
    30 * minutes,
  );

  it(
    `worker and service killed at the same moment, ${wanted} times`,
    () =>
      disturbed('both', async (place, service) => {
        const pid = await place.worker();
        await someMoment();
        const gone = kill(service);
        if (pid !== undefined && isThere(pid)) process.kill(pid, 'SIGKILL');
        await gone;
        return place.serve();
      }),
    30 * minutes,
  );
});
