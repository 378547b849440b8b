import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseRunTask, parseTrainSpec } from '@moda/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandLine, PodPlace, workersIn } from './testing/pod-place.js';

/** 2 steps an epoch. */
const spec = parseTrainSpec({ arch: 'lenet5', dataset: 'digits', trainLimit: 200, epochs: 4 });
const steps = [1, 2, 3, 4, 5, 6, 7, 8];
const files = [
  'evaluation.json',
  'model/README.md',
  'model/history.json',
  'model/module.json',
  'model/rates.safetensors',
  'model/samples.safetensors',
  'model/weights.safetensors',
  'trained.json',
  'worker.log',
];

let folder: string;
let expected: Awaited<ReturnType<typeof whatCounts>>;
/** Of an undisturbed pod, from its start on. */
let lifeMs: number;
const places: PodPlace[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-pods-'));
  const place = await open('undisturbed');
  const id = await place.submit(spec);
  const startedAt = performance.now();
  const pod = await place.start(id);
  expect(await pod.exit, pod.said()).toBe(0);
  lifeMs = performance.now() - startedAt;
  expected = await whatCounts(place, id);
  expect(await keptEpochs(place, id)).toEqual(['1', '2', '3']);
});
afterEach(async () => {
  for (const place of places.splice(0)) await place.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(name: string): Promise<PodPlace> {
  const place = await PodPlace.open(join(folder, name));
  places.push(place);
  return place;
}

/** Checks what may never be otherwise, and takes out what is to be the same however a run was disturbed. */
async function whatCounts(place: PodPlace, id: string) {
  const run = (await place.store.run(id))!;
  expect(run.state, run.reason).toBe('succeeded');
  const events = await place.store.events(id, 0, 10_000);
  const points = events.flatMap(({ body }) => (body.kind === 'metric' ? [body] : []));
  expect(points.map(({ step }) => step).sort((a, b) => a - b)).toEqual(steps);
  expect(points.filter(({ values }) => 'accuracy' in values)).toHaveLength(4);
  const archived = await place.archive.files(id);
  const names = archived.map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith('checkpoints/'))).toEqual(files);
  for (const { body } of events)
    if (body.kind === 'artifact')
      expect(archived.find(({ name }) => name === body.name)?.digest).toBe(body.digest);
  return {
    weights: archived.find(({ name }) => name === 'model/weights.safetensors')?.digest,
    points: points.map(({ step, values }) => ({ step, values })).sort((a, b) => a.step - b.step),
    artifacts: events.flatMap(({ body }) => (body.kind === 'artifact' ? [body.name] : [])).sort(),
  };
}

/** Of a pod that is killed some may be lost on their way: they are for forks, and the newest checkpoint is another file. */
async function keptEpochs(place: PodPlace, id: string): Promise<string[]> {
  const names = (await place.archive.files(id)).map(({ name }) => name);
  return names.flatMap((name) => /^checkpoints\/epoch-(\d+)\.safetensors$/.exec(name)?.[1] ?? []);
}

/** Starts a pod in an empty folder, which comes to the end of the run. */
async function toEnd(place: PodPlace, id: string): Promise<void> {
  const pod = await place.start(id);
  expect(await pod.exit, pod.said()).toBe(0);
}

/** False where it does not come to be. */
async function until(done: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + 90_000;
  while (!(await done())) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Of the life of a pod, 0..1. */
const moments = [0.25, 0.5, 0.65, 0.8, 0.9, 0.97];

describe('a run whose pod is gone goes on in an empty folder, and ends as if nothing had happened', () => {
  it('ended with its grace, at several moments', async () => {
    const place = await open('terminated');
    const id = await place.submit(spec);
    const codes: unknown[] = [];
    for (const moment of moments) {
      const pod = await place.start(id);
      await Promise.race([sleep(lifeMs * moment), pod.exit]);
      pod.process.kill('SIGTERM');
      codes.push(await pod.exit);
      if (codes.at(-1) === 0) break;
    }
    expect(codes.slice(0, -1).every((code) => code === 130)).toBe(true);
    if (codes.at(-1) !== 0) await toEnd(place, id);
    expect(await whatCounts(place, id)).toEqual(expected);
    expect(await keptEpochs(place, id)).toEqual(['1', '2', '3']);
  });

  it('killed, at several moments', async () => {
    const place = await open('killed');
    const id = await place.submit(spec);
    for (const moment of moments) {
      const pod = await place.start(id);
      await Promise.race([sleep(lifeMs * moment), pod.exit]);
      await place.kill(pod, id);
      if ((await pod.exit) === 0) break;
    }
    if ((await place.store.run(id))?.state !== 'succeeded') await toEnd(place, id);
    expect(await whatCounts(place, id)).toEqual(expected);
  });

  it('killed while the service is away, and again after it was there', async () => {
    const place = await open('away');
    const id = await place.submit(spec);
    const first = await place.start(id);
    await until(async () =>
      (await place.archive.files(id)).some(({ name }) => name.startsWith('checkpoints/')),
    );
    await place.leave();
    await sleep(lifeMs * 0.2);
    await place.kill(first, id);
    // This one is there before the service is.
    const second = await place.start(id);
    await sleep(1000);
    await place.serve();
    await until(async () => (await place.store.run(id))?.state === 'running');
    await place.leave();
    await sleep(lifeMs);
    await place.serve();
    expect(await second.exit, second.said()).toBe(0);
    expect(await whatCounts(place, id)).toEqual(expected);
  });
});

describe('`moda worker`', () => {
  const words = [commandLine, 'worker'];

  it('is such a pod: it stops with its checkpoint shipped, and another one goes on', async () => {
    const place = await open('command');
    const id = await place.submit(spec);
    const first = await place.start(id, {}, words);
    await until(async () => (await place.store.run(id))?.state === 'running');
    first.process.kill('SIGTERM');
    expect(await first.exit, first.said()).toBe(130);
    const second = await place.start(id, {}, words);
    expect(await second.exit, second.said()).toBe(0);
    expect(second.said()).toMatch(/^epoch 4: .*accuracy/m);
    expect(second.said()).toMatch(/^Done\.$/m);
    expect(await whatCounts(place, id)).toEqual(expected);
    // A pod that comes too late.
    const third = await place.start(id, {}, words);
    expect(await third.exit).toBe(0);
    expect(third.said()).toContain('succeeded already');
  });

  it('that is killed leaves nobody who would go on for it', async () => {
    const place = await open('orphans');
    const id = await place.submit(spec);
    const pod = await place.start(id, {}, words);
    await until(async () => (await place.store.run(id))?.state === 'running');
    pod.process.kill('SIGKILL');
    await pod.exit;
    expect(await until(async () => (await workersIn(join(pod.folder, id))).length === 0)).toBe(true);
    const known = (await place.store.run(id))?.lastSequence;
    await sleep(1500);
    expect((await place.store.run(id))?.lastSequence).toBe(known);
  });

  it('says what is missing in its environment', async () => {
    const place = await open('environment');
    const pod = await place.start('none', { MODA_RUN_ID: '', MODA_TRAINING_URL: 'here' }, words);
    expect(await pod.exit).toBe(2);
    expect(pod.said()).toMatch(
      /^moda worker: The environment cannot be used: MODA_RUN_ID is missing; MODA_TRAINING_URL is "here"/m,
    );
  });
});

describe('a run that is made of others', () => {
  let place: PodPlace;
  let source: string;
  beforeEach(async () => {
    place = await open(`made-${places.length}-${Date.now()}`);
    source = await place.submit(spec);
    await toEnd(place, source);
  });

  it('has their models brought, and ends with one of its own', async () => {
    const tasks = [
      parseRunTask({ kind: 'compose', run: source, classes: ['1', '4'], tau: 0.8 }),
      parseRunTask({ kind: 'replace', weak: source, strong: source, class: '2', strategy: 'moda', tau: 0.5 }),
    ];
    for (const task of tasks) {
      const id = await place.submit(spec, task);
      await toEnd(place, id);
      const names = (await place.archive.files(id)).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['result.json', 'evaluation.json', 'model/module.json']));
      expect((await place.store.run(id))?.state).toBe('succeeded');
    }
  });

  it('begins with a checkpoint of another, and ends with the weights of that one', async () => {
    const id = await place.submit(spec, undefined, { runId: source, epoch: 2 });
    await toEnd(place, id);
    const weights = async (run: string) =>
      (await place.archive.file(run, 'model/weights.safetensors'))?.digest;
    expect(await weights(id)).toBe(await weights(source));
    const points = await place.store.events(id, 0, 1000, ['metric']);
    expect(points.map(({ body }) => body.kind === 'metric' && body.step)).toEqual([5, 6, 7, 8]);
  });
});
