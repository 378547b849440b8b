import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logitsOfSamples } from '@moda/experiments';
import { decodeSampleImages } from '@moda/module-format';
import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Fields, reaches } from '../testing/over-the-wire.js';
import { startTraining, type TrainingProcess } from '../testing/training-process.js';

const registryProgram = join(import.meta.dirname, '..', '..', '..', 'registry', 'bin', 'moda-registry.mjs');

let home: string;
let registry: ChildProcess;
let registryUrl: string;
let training: TrainingProcess;
const runs: Record<'strong' | 'weak' | 'decomposed' | 'composed' | 'repaired', string> = {} as never;

async function startRegistry(): Promise<string> {
  registry = spawn(process.execPath, [registryProgram], {
    env: { PATH: process.env['PATH'], MODA_HOME: home, REGISTRY_PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(registry.stdout!.setEncoding('utf8'), 'data')) as [string];
  return /ready at (\S+)/.exec(line)![1]!;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-publish-run-'));
  registryUrl = await startRegistry();
  training = await startTraining({ MODA_HOME: home, MODA_REGISTRY: registryUrl });
  const spec = { arch: 'lenet5', trainLimit: 200, epochs: 1 };
  runs.strong = await made('submitRun(input: { experiment: "publish", spec: $spec })', { spec });
  runs.weak = await made('submitRun(input: { experiment: "publish", spec: $spec })', {
    spec: { ...spec, seed: 3, trainLimit: 100 },
  });
  runs.decomposed = await made(`decomposeRun(id: "${runs.strong}")`);
  // Of a run that came of a run.
  runs.composed = await made(`composeRun(id: "${runs.decomposed}", classes: ["2", "7"])`);
  runs.repaired = await made(
    `replaceClass(input: { weak: "${runs.weak}", strong: "${runs.strong}", class: "4" })`,
  );
}, 300_000);

afterAll(async () => {
  for (const child of [training, registry]) child.kill('SIGTERM');
  await Promise.all([training.ended, registry.exitCode === null ? once(registry, 'exit') : undefined]);
  await rm(home, { recursive: true, force: true });
});

/** A run that has succeeded. */
async function made(mutation: string, variables?: Fields): Promise<string> {
  const head = variables ? 'mutation ($spec: JSONObject!)' : 'mutation';
  const { made } = await ask<{ made: { run: { id: string } } }>(
    training.url,
    `${head} { made: ${mutation} { ... on Submission { run { id } } ... on Problem { code message } } }`,
    variables,
  );
  await reaches(training.url, made.run.id, 'succeeded');
  return made.run.id;
}

const publish = async (id: string, model: string, version = '1.0.0') =>
  (
    await ask<{ publishRun: Fields }>(
      training.url,
      `mutation ($input: PublishRunInput!) { publishRun(input: $input) {
        __typename ... on Publication { reference digest created } ... on Problem { code message } } }`,
      { input: { id, owner: 'ada', model, version, license: 'MIT' } },
    )
  ).publishRun;

interface Version {
  readonly digest: string;
  readonly license: string;
  readonly run: { readonly id: string };
  readonly lineage: {
    readonly edges: readonly { readonly from: string; readonly to: string; readonly role: string }[];
  };
}

/** The newest version of a model, as the registry knows it. */
async function version(name: string): Promise<Version> {
  const { model } = await ask<{ model: { versions: { edges: { node: Version }[] } } }>(
    registryUrl,
    `query ($name: String!) { model(owner: "ada", name: $name) { versions(first: 1) { edges { node {
      digest license run { id } lineage { edges { from to role } } } } } } }`,
    { name },
  );
  return model.versions.edges[0]!.node;
}

describe('what comes of a run', () => {
  it('is published with the run it came of, and with the packages that it was made of', async () => {
    // Parts before what they are parts of: either order gives the same digests.
    expect(await publish(runs.composed, 'two-digits')).toMatchObject({ __typename: 'Publication' });
    expect(await publish(runs.repaired, 'repaired')).toMatchObject({ __typename: 'Publication' });
    const strong = await publish(runs.strong, 'digits');
    const weak = await publish(runs.weak, 'weak-digits');

    const composed = await version('two-digits');
    expect(composed).toMatchObject({ license: 'MIT', run: { id: runs.composed } });
    expect(composed.lineage.edges).toEqual([{ from: strong['digest'], to: composed.digest, role: 'base' }]);
    const { digest: to, lineage } = await version('repaired');
    expect(lineage.edges).toHaveLength(2);
    expect(lineage.edges).toContainEqual({ from: weak['digest'], to, role: 'weak' });
    expect(lineage.edges).toContainEqual({ from: strong['digest'], to, role: 'strong' });
    // The same model with the same rates is the same package.
    expect(await publish(runs.decomposed, 'decomposed')).toMatchObject({ digest: strong['digest'] });
  });

  it('is still there as it was announced, and nothing is left beside it', async () => {
    for (const id of Object.values(runs)) {
      const { run } = await ask<{ run: { artifacts: { url: string }[] } }>(
        training.url,
        'query ($id: ID!) { run(id: $id) { artifacts { url } } }',
        { id },
      );
      expect(run.artifacts.length).toBeGreaterThan(3);
      for (const { url } of run.artifacts) expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
      const names = await readdir(join(home, 'training', 'runs', id));
      expect(names.filter((name) => name.startsWith('publishing-'))).toEqual([]);
    }
  });
});

interface Logits {
  readonly __typename: string;
  readonly digest: string;
  readonly classes: readonly { readonly index: number; readonly name: string }[];
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly tensorFlow: string | null;
  /** Of a problem. */
  readonly code?: string;
}

/** Asks until they are computed. */
async function logitsOf(reference: string, tau?: number): Promise<Logits> {
  for (;;) {
    const { compositionLogits: found } = await ask<{ compositionLogits: Logits }>(
      training.url,
      `query ($reference: String!, $tau: Float) { compositionLogits(reference: $reference, tau: $tau) { __typename
        ... on CompositionLogits { digest classes { index name } logits labels device tensorFlow }
        ... on Problem { code message } } }`,
      { reference, tau },
    );
    if (found.code !== 'LOGITS_PENDING') return found;
    await sleep(200);
  }
}

describe('the logits of what was published', () => {
  const modelOf = (id: string) => join(home, 'training', 'runs', id, 'model');
  const samplesOf = (id: string) => join(modelOf(id), 'samples.safetensors');

  it('are, of a whole model, those of the sample images that it came with', async () => {
    const found = await logitsOf('ada/digits');
    const samples = decodeSampleImages(await readFile(samplesOf(runs.strong)));
    expect(found.logits.flat().map(Math.fround)).toEqual([...samples.logits]);
    expect(found.labels).toEqual([...samples.labels]);
    expect(found).toMatchObject({ digest: (await version('digits')).digest });
    expect(found.tensorFlow).toMatch(/^\d+\.\d+/);
  });

  it('are, of a composition, those of the network that is cut for its classes, and computed once', async () => {
    const found = await logitsOf('ada/digits/2,7@1.0.0', 0.9);
    let backend: Promise<TensorBackend> | undefined;
    const own = await logitsOfSamples(
      { model: modelOf(runs.composed), samples: samplesOf(runs.strong) },
      {
        backend: () => (backend ??= openTensorBackend()),
        onProgress: () => undefined,
        signal: new AbortController().signal,
      },
    );
    expect(found.logits).toEqual(own.logits);
    expect(found.classes).toEqual([
      { index: 2, name: '2' },
      { index: 7, name: '7' },
    ]);
    const started = performance.now();
    expect(await logitsOf('ada/digits/7,2@latest', 0.9)).toEqual(found);
    expect(performance.now() - started).toBeLessThan(1000);
    expect((await logitsOf('ada/digits/2,7', 0.5)).digest).not.toBe(found.digest);
    expect(await readdir(join(home, 'training', 'logits'))).toEqual([]);
  });

  it('are a problem where there are no sample images, or no such model', async () => {
    expect(await logitsOf('ada/two-digits')).toMatchObject({ code: 'SAMPLES_MISSING' });
    expect(await logitsOf('ada/nothing')).toMatchObject({ __typename: 'Problem' });
  });
});
