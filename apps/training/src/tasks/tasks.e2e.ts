import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runResultSchemas } from '@moda/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Fields, reaches } from '../testing/over-the-wire.js';
import { startTraining, type TrainingProcess } from '../testing/training-process.js';

const commandLine = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'moda.mjs');

let home: string;
let service: TrainingProcess;
let url: string;
/** Trained on all classes, and on a few images less. */
let strong: string;
let weak: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-tasks-'));
  service = await startTraining({ MODA_HOME: home });
  ({ url } = service);
  strong = await train({ trainLimit: 300, epochs: 2 });
  weak = await train({ trainLimit: 100, epochs: 1, seed: 7 });
  await Promise.all([reaches(url, strong, 'succeeded'), reaches(url, weak, 'succeeded')]);
}, 300_000);

afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended;
  await rm(home, { recursive: true, force: true });
});

const submissionFields =
  '__typename ... on Submission { created run { id task experimentName } } ... on Problem { code message nearest details }';

async function train(spec: Fields): Promise<string> {
  const { submitRun } = await ask<{ submitRun: { run: { id: string } } }>(
    url,
    `mutation ($spec: JSONObject!) { submitRun(input: { experiment: "tasks", spec: $spec }) { ${submissionFields} } }`,
    { spec: { arch: 'lenet5', dataset: 'digits', ...spec } },
  );
  return submitRun.run.id;
}

interface Submitted {
  readonly created: boolean;
  readonly run: { readonly id: string; readonly task: Fields; readonly experimentName: string };
}

async function order(mutation: string, variables: Fields = {}): Promise<Submitted & Fields> {
  const { outcome } = await ask<{ outcome: Submitted & Fields }>(url, mutation, variables);
  return outcome;
}

const decompose = (id: string, tau?: number) =>
  order(
    `mutation ($id: ID!, $tau: Float) { outcome: decomposeRun(id: $id, tau: $tau) { ${submissionFields} } }`,
    { id, tau },
  );
const compose = (id: string, classes: readonly string[], more: Fields = {}) =>
  order(
    `mutation ($id: ID!, $classes: [String!]!, $tau: Float, $key: String) {
      outcome: composeRun(id: $id, classes: $classes, tau: $tau, idempotencyKey: $key) { ${submissionFields} } }`,
    { id, classes, ...more },
  );
const replace = (input: Fields) =>
  order(
    `mutation ($input: ReplaceClassInput!) { outcome: replaceClass(input: $input) { ${submissionFields} } }`,
    { input },
  );

interface Artifact {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly url: string;
}

interface Done {
  readonly artifacts: readonly Artifact[];
  readonly result: Fields;
  readonly outcome: Fields | null;
  readonly progress: Fields;
  readonly logUrl: string;
  readonly device: string | null;
}

/** Waits until a run has succeeded, and answers with what came of it. */
async function done(id: string): Promise<Done> {
  await reaches(url, id, 'succeeded');
  const { run } = await ask<{ run: Done }>(
    url,
    `query ($id: ID!) { run(id: $id) { result logUrl device outcome { accuracy parameters } progress { done total unit }
      artifacts { name digest sizeBytes url } } }`,
    { id },
  );
  return run;
}

async function download({ url: address }: Artifact): Promise<Buffer> {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const digestOf = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function moda(words: readonly string[]): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandLine, ...words, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [text, complaint] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Fields) : reject(new Error(complaint)),
    );
  });
}

interface Evaluation {
  readonly accuracy: number;
  readonly count: number;
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly { readonly count: number }[];
}

const folderOf = (id: string) => join(home, 'training', 'runs', id);

describe('a run that has been trained', () => {
  it('has its modules, its figures, and files that can be downloaded whole', async () => {
    const { artifacts, result } = await done(strong);
    expect(artifacts.map(({ name }) => name)).toEqual([
      'model/README.md',
      'model/history.json',
      'model/module.json',
      'model/rates.safetensors',
      'model/samples.safetensors',
      'model/weights.safetensors',
    ]);
    for (const artifact of artifacts) {
      const bytes = await download(artifact);
      expect(bytes.length).toBe(artifact.sizeBytes);
      expect(digestOf(bytes)).toBe(artifact.digest);
    }
    expect(result).toMatchObject({
      metrics: { accuracy: expect.any(Number) as number },
      history: expect.any(Array) as unknown[],
    });
    // Each test image is in the confusion matrix once.
    expect(runResultSchemas.train.parse(result).history?.at(-1)).toMatchObject({
      moduleShare: expect.any(Number) as number,
      moduleOverlap: expect.any(Number) as number,
    });
    const { count, confusion, perClass, accuracy } = result['evaluation'] as Evaluation;
    expect(confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(count);
    expect(confusion.map((row) => row.length)).toEqual(Array(10).fill(10));
    expect(perClass.map((each) => each.count)).toEqual(
      confusion.map((row) => row.reduce((a, b) => a + b, 0)),
    );
    const right = confusion.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(right / count).toBeCloseTo(accuracy, 10);
  });
});

describe('a decomposition', () => {
  it('finds the module of every class', async () => {
    const { run } = await decompose(strong, 0.5);
    expect(run).toMatchObject({
      experimentName: 'tasks',
      task: { kind: 'decompose', run: strong, tau: 0.5 },
    });
    const { result, artifacts, progress } = await done(run.id);
    expect(result).toMatchObject({ tau: 0.5, ratesMeasured: false });
    expect(runResultSchemas.decompose.parse(result)).toEqual(result);
    expect(result['modules']).toHaveLength(10);
    expect(artifacts.map(({ name }) => name)).toContain('result.json');
    expect(progress).toEqual({ done: 3, total: 3, unit: 'part' });
    const [of, source] = await Promise.all(
      [run.id, strong].map((id) => readFile(join(folderOf(id), 'model', 'weights.safetensors'))),
    );
    expect(of!.equals(source!)).toBe(true);
    const printed = await moda(['decompose', '--model', join(folderOf(strong), 'model'), '--tau', '0.5']);
    const { evaluation: _apart, ...shown } = result;
    expect(shown).toEqual(printed);
  });
});

describe('a composition', () => {
  it('is the very network that the command line makes', async () => {
    const { run } = await compose(strong, ['3', '0', '5'], { tau: 0.7 });
    const { artifacts, result, outcome } = await done(run.id);
    const out = join(home, 'composed');
    const printed = await moda([
      'compose',
      ...['--model', join(folderOf(strong), 'model'), '--classes', '0,3,5', '--tau', '0.7', '--out', out],
    ]);
    const { evaluation, ...shown } = result;
    expect(shown).toEqual({ ...printed, path: 'model' });
    const { path: _folder, ...figures } = result;
    expect(runResultSchemas.compose.parse(result)).toEqual(figures);
    expect(outcome).toEqual({ accuracy: null, parameters: printed['parameters'] });
    expect(evaluation).toMatchObject({
      confusion: [expect.any(Array), expect.any(Array), expect.any(Array)] as unknown[],
    });
    for (const name of ['weights.safetensors', 'module.json']) {
      const artifact = artifacts.find((each) => each.name === `model/${name}`)!;
      expect((await download(artifact)).equals(await readFile(join(out, name)))).toBe(true);
    }
  });

  it('asked for twice with one key is one run', async () => {
    const first = await compose(strong, ['1'], { key: 'one' });
    const second = await compose(strong, ['1'], { key: 'one' });
    expect(second).toMatchObject({ created: false, run: { id: first.run.id } });
    expect(await compose(strong, ['2'], { key: 'one' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await done(first.run.id);
    expect(await compose(first.run.id, ['1'])).toMatchObject({
      code: 'MODEL_INVALID',
      details: { base: strong },
    });
  });
});

describe('a sweep over tau', () => {
  it('measures what moda sweep does, and leaves the network as it is', async () => {
    const { run } = await order(
      `mutation ($id: ID!) { outcome: sweepTau(id: $id, taus: [0.9, 0.3], subtasksPerSize: 1) { ${submissionFields} } }`,
      { id: strong },
    );
    const { result, outcome, progress } = await done(run.id);
    const { evaluation, ...shown } = result;
    expect(runResultSchemas.sweepTau.parse(result)).toEqual(result);
    const model = join(folderOf(strong), 'model');
    expect(shown).toEqual(
      await moda(['sweep', '--model', model, '--tau', '0.9,0.3', '--subtasks-per-size', '1']),
    );
    expect(progress).toEqual({ done: 3, total: 3, unit: 'part' });
    expect(outcome?.['accuracy']).toBe((evaluation as Evaluation).accuracy);
    const [swept, source] = await Promise.all(
      [run.id, strong].map((id) => readFile(join(folderOf(id), 'model', 'weights.safetensors'))),
    );
    expect(swept!.equals(source!)).toBe(true);
  });
});

describe('a replacement', () => {
  it.each(['moda', 'cnnsplitter'])('by %s repairs a class of a weak model', async (strategy) => {
    const { run } = await replace({ weak, strong, class: '3', strategy });
    const { result, artifacts, outcome } = await done(run.id);
    expect(result).toMatchObject({
      strategy,
      class: 3,
      path: 'model',
      before: { perClass: expect.any(Array) as unknown[] },
      after: { target: expect.any(Number) as number },
      evaluation: { perClass: expect.any(Array) as unknown[] },
    });
    const { path: _folder, ...figures } = result;
    expect(runResultSchemas.replace.parse(result)).toEqual(figures);
    expect(outcome?.['accuracy']).toEqual(expect.any(Number));
    expect(artifacts.map(({ name }) => name)).toContain('model/module.json');
  });
});

describe('what cannot be done', () => {
  it('is a problem, and nothing is queued', async () => {
    expect(await decompose('none')).toMatchObject({ code: 'RUN_UNKNOWN' });
    expect(await compose(strong, ['33'])).toMatchObject({ code: 'CLASS_UNKNOWN' });
    expect(await replace({ weak, strong, class: '3', strategy: 'magic' })).toMatchObject({
      code: 'SPEC_INVALID',
      details: { path: 'strategy' },
    });
  });
});

describe('the log of a worker', () => {
  it('is text', async () => {
    const { logUrl } = await done(strong);
    const response = await fetch(logUrl);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(await readFile(join(folderOf(strong), 'worker.log'), 'utf8'));
  });
});
