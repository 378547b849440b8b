import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allBlobs } from '@moda/blob-store';
import { findMinio, type MinioServer, startMinio } from '@moda/blob-store/testing';
import { createLogger } from '@moda/service-kit';
import { overEventStream } from '@moda/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isThere, until } from '../conductor/testing/kill-place.js';
import { readTrainingEnvironment } from '../environment.js';
import { ownProgram } from '../execution/own-program.js';
import { openTrainingDatabase } from '../runs/open-run-store.js';
import { ask, eventsOf, eventsOver, type Fields, reaches } from '../testing/over-the-wire.js';
import { startTraining, type TrainingProcess, writeSlowWorker } from '../testing/training-process.js';
import { openArchiveBlobs } from './archive-blobs.js';
import { openBlobs } from './open-blobs.js';
import { openRunArchive } from './open-run-archive.js';
import type { RunArchive } from './run-archive.js';

const registryProgram = join(import.meta.dirname, '..', '..', '..', 'registry', 'bin', 'moda-registry.mjs');
const minioIsRequired = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('minio');
const logger = createLogger({ service: 'test', level: 'silent' });
const clock = () => new Date();

/** 4 steps an epoch; long enough that it is met while it trains. */
const spec = { arch: 'lenet5', dataset: 'digits', trainLimit: 400, batchSize: 100, epochs: 25 };
const steps = Array.from({ length: 4 * spec.epochs }, (_, i) => i + 1);
/** A checkpoint of this network has more, and nothing else does before the end. */
const checkpointBytes = 100_000;
const minuteMs = 60_000;

let home: string;
/** The real worker, which says something to its log now and then. */
let program: string;
const children: { kill(signal: NodeJS.Signals): unknown }[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-archive-'));
  program = join(home, 'worker.mjs');
  await writeFile(
    program,
    `console.log('worker ' + process.pid); setInterval(() => console.log('at ' + Date.now()), 100).unref();
await import(${JSON.stringify(ownProgram)});\n`,
  );
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function start(environment: NodeJS.ProcessEnv): Promise<TrainingProcess> {
  const service = await startTraining({ TRAINING_WORKER: program, ...environment });
  children.push(service);
  return service;
}

async function made(url: string, mutation: string, variables?: Fields): Promise<string> {
  const head = variables ? 'mutation ($spec: JSONObject!)' : 'mutation';
  const answer = await ask<{ made: { run: { id: string } | undefined; message: string | undefined } }>(
    url,
    `${head} { made: ${mutation} { ... on Submission { run { id } } ... on Problem { code message } } }`,
    variables,
  );
  expect(answer.made.message).toBeUndefined();
  return answer.made.run!.id;
}
const submit = (url: string, changes: Fields = {}) =>
  made(url, 'submitRun(input: { experiment: "archive", spec: $spec })', { spec: { ...spec, ...changes } });

/** Looks into the archive of a service that does not run. */
async function inArchive<T>(
  environment: NodeJS.ProcessEnv,
  look: (archive: RunArchive) => Promise<T>,
): Promise<T> {
  const { databaseFolder, blobs: place } = readTrainingEnvironment(environment);
  const database = await openTrainingDatabase({ dataFolder: databaseFolder });
  try {
    const blobs = openArchiveBlobs({ database, blobs: await openBlobs(place, logger), clock });
    return await look(openRunArchive({ database, blobs, clock }));
  } finally {
    await database.close();
  }
}

async function bytesOf(archive: RunArchive, id: string, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(id, name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Of two checkpoints in the blob store of a service that runs, the first is certainly a file of its run. */
async function hasCheckpoints(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const store = await openBlobs(readTrainingEnvironment(environment).blobs, logger);
  let found = 0;
  for await (const { sizeBytes } of allBlobs(store)) if (sizeBytes > checkpointBytes) found += 1;
  return found >= 2;
}

async function killAll(service: TrainingProcess, folder: string): Promise<void> {
  const pids = (await readdir(folder)).flatMap((name) => /^worker-[0-9a-f]+-(\d+)-/.exec(name)?.[1] ?? []);
  service.kill('SIGKILL');
  for (const pid of pids.map(Number).filter(isThere)) process.kill(pid, 'SIGKILL');
  await service.ended;
  expect(await until(async () => !pids.map(Number).some(isThere), minuteMs)).toBe(true);
}

interface Artifact {
  readonly name: string;
  readonly digest: string;
  readonly url: string;
}
async function artifactsOf(url: string, id: string): Promise<readonly Artifact[]> {
  const query = 'query ($id: ID!) { run(id: $id) { artifacts { name digest url } } }';
  return (await ask<{ run: { artifacts: Artifact[] } }>(url, query, { id })).run.artifacts;
}
const digestsOf = async (url: string, id: string, ...names: readonly string[]) =>
  Object.fromEntries(
    (await artifactsOf(url, id))
      .filter(({ name }) => names.includes(name))
      .map(({ name, digest }) => [name, digest]),
  );
const weights = ['model/weights.safetensors', 'model/rates.safetensors'];

/** The two claims of the archive, on one kind of blob store. */
function describeArchive(place: string, storeIn: () => NodeJS.ProcessEnv): void {
  const environmentOf = async (): Promise<NodeJS.ProcessEnv & { MODA_HOME: string }> => ({
    MODA_HOME: await mkdtemp(join(home, 'place-')),
    ...storeIn(),
  });

  it(`a run whose machine is lost goes on from ${place} alone, to the weights of one that nobody disturbed`, async () => {
    const environment = await environmentOf();
    const first = await start(environment);
    const id = await submit(first.url);
    expect(await until(() => hasCheckpoints(environment), 2 * minuteMs)).toBe(true);
    const folder = join(environment.MODA_HOME, 'training', 'runs', id);
    await killAll(first, folder);
    const log = await readFile(join(folder, 'worker.log'), 'utf8');
    expect(await readdir(join(folder, 'model')), 'it was met while it trained').not.toContain('module.json');
    await rm(folder, { recursive: true });

    await inArchive(environment, async (archive) => {
      const archived = (await bytesOf(archive, id, 'worker.log')).toString();
      expect(archived).toMatch(/^worker \d+\n/);
      expect(log.startsWith(archived)).toBe(true);
      const names = (await archive.files(id)).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['spec.json', 'model/checkpoint.safetensors']));
      expect((await bytesOf(archive, id, 'model/checkpoint.safetensors')).length).toBeGreaterThan(
        checkpointBytes,
      );
    });

    const second = await start(environment);
    await reaches(second.url, id, 'succeeded');
    const points = (await eventsOf(second.url, id)).filter(({ kind }) => kind === 'metric');
    expect(points.map(({ body }) => body['step']).sort((a, b) => Number(a) - Number(b))).toEqual(steps);
    const undisturbed = await submit(second.url);
    await reaches(second.url, undisturbed, 'succeeded');
    expect(await digestsOf(second.url, id, ...weights)).toEqual(
      await digestsOf(second.url, undisturbed, ...weights),
    );
    // The log is that of both attempts.
    const { run } = await ask<{ run: { logUrl: string } }>(
      second.url,
      'query ($id: ID!) { run(id: $id) { logUrl } }',
      { id },
    );
    const whole = await (await fetch(run.logUrl)).text();
    expect(whole.match(/^worker \d+$/gm)).toHaveLength(2);
    second.kill('SIGTERM');
    expect((await second.ended).exitCode).toBe(0);
  });

  it(`a run that has succeeded is read, published and worked on from ${place}, its folder gone`, async () => {
    const environment = await environmentOf();
    const registry = await startRegistry(environment.MODA_HOME);
    const service = await start({ ...environment, MODA_REGISTRY: registry });
    const { url } = service;
    const id = await submit(url, { epochs: 3 });
    await reaches(url, id, 'succeeded');
    const read = async () => {
      const query = 'query ($id: ID!) { run(id: $id) { result logUrl checkpoints { epoch } } }';
      const { run } = await ask<{ run: { result: Fields; logUrl: string; checkpoints: Fields[] } }>(
        url,
        query,
        { id },
      );
      return {
        result: run.result,
        checkpoints: run.checkpoints,
        log: await (await fetch(run.logUrl)).text(),
      };
    };
    const before = await read();
    expect(before).toMatchObject({ log: expect.stringMatching(/^worker/) as string });
    const folder = join(environment.MODA_HOME, 'training', 'runs', id);
    await rm(folder, { recursive: true });
    expect(await read()).toEqual(before);

    const artifacts = await artifactsOf(url, id);
    expect(artifacts.length).toBeGreaterThan(4);
    for (const artifact of artifacts) {
      const bytes = Buffer.from(await (await fetch(artifact.url)).arrayBuffer());
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(artifact.digest);
    }
    const { publishRun } = await ask<{ publishRun: Fields }>(
      url,
      `mutation ($input: PublishRunInput!) { publishRun(input: $input) {
        __typename ... on Publication { reference } ... on Problem { code message } } }`,
      { input: { id, owner: 'ada', model: 'digits', version: '1.0.0', license: 'MIT' } },
    );
    expect(publishRun).toMatchObject({ __typename: 'Publication', reference: 'ada/digits@1.0.0' });

    await rm(folder, { recursive: true });
    const composed = await made(url, `composeRun(id: "${id}", classes: ["2", "7"])`);
    await reaches(url, composed, 'succeeded');
    await rm(folder, { recursive: true });
    const forked = await made(url, `forkRun(id: "${id}", epoch: 2, changes: { learningRate: 0.01 })`);
    await reaches(url, forked, 'succeeded');
    const forkedSteps = (await eventsOf(url, forked)).filter(({ kind }) => kind === 'metric');
    expect(forkedSteps.map(({ body }) => body['step'])).toEqual(steps.slice(8, 12));
  });
}

async function startRegistry(modaHome: string): Promise<string> {
  const registry: ChildProcess = spawn(process.execPath, [registryProgram], {
    env: { PATH: process.env['PATH'], MODA_HOME: modaHome, REGISTRY_PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(registry);
  const [line] = (await once(registry.stdout!.setEncoding('utf8'), 'data')) as [string];
  return /ready at (\S+)/.exec(line)![1]!;
}

describe('a folder of blobs', () => {
  describeArchive('it', () => ({}));
});

describe.skipIf(!minioIsRequired && (await findMinio()) === undefined)('a bucket [needs minio]', () => {
  let minio: MinioServer;
  let buckets = 0;
  beforeAll(async () => {
    minio = await startMinio();
  });
  afterAll(() => minio.stop());
  describeArchive('it', () => ({
    S3_ENDPOINT: minio.endpoint,
    S3_BUCKET: `archive-${(buckets += 1)}`,
    S3_ACCESS_KEY: minio.accessKey,
    S3_SECRET_KEY: minio.secretKey,
  }));
});

describe('a blob store that does not answer', () => {
  it('disturbs no run, and is complained of once', async () => {
    const environment = {
      MODA_HOME: await mkdtemp(join(home, 'away-')),
      // Nothing listens there.
      S3_ENDPOINT: 'http://127.0.0.1:9',
      S3_BUCKET: 'nowhere',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'secret',
      TRAINING_WORKER: await writeSlowWorker(await mkdtemp(join(home, 'slow-')), 250),
    };
    const service = await start(environment);
    const id = await made(service.url, 'submitRun(input: { experiment: "away", spec: $spec })', { spec });
    const states: unknown[] = [];
    for await (const { kind, body } of eventsOver(overEventStream, service.url, id))
      if (kind === 'state') states.push(body['to']);
    expect(states).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    service.kill('SIGTERM');
    const { exitCode, standardError } = await service.ended;
    expect(exitCode).toBe(0);
    expect(standardError.match(/could not be copied/g)).toHaveLength(1);
  });
});
