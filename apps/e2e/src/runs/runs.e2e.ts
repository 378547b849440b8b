import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launcher, type ProcessResult, runModa } from '../run-moda.js';
import { type RunningService, startService } from './service-process.js';

let home: string;
let registry: RunningService;
let training: RunningService;
let gateway: RunningService;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-runs-'));
  registry = await startService('registry', { MODA_HOME: home });
  training = await startService('training', { MODA_HOME: home, MODA_REGISTRY: registry.url });
  gateway = await startGateway('0');
});

afterAll(async () => {
  for (const service of [gateway, training, registry]) await service.kill();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

function startGateway(port: string): Promise<RunningService> {
  return startService(
    'gateway',
    { MODA_HOME: home, TRAINING_URL: training.url, REGISTRY_URL: registry.url },
    port,
  );
}

const environment = () => ({
  MODA_GATEWAY: gateway.url,
  MODA_REGISTRY: registry.url,
  MODA_CONFIG: join(home, 'config'),
  MODA_HOME: home,
});

const moda = (...words: string[]): Promise<ProcessResult> => runModa(words, environment());

/** What a command that has to work prints as its document. */
async function answer<T>(...words: string[]): Promise<T> {
  const { exitCode, standardOutput, standardError } = await moda(...words, '--json');
  if (exitCode !== 0) throw new Error(`moda ${words.join(' ')} ended with ${exitCode}: ${standardError}`);
  return JSON.parse(standardOutput) as T;
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly lastSequence: number;
  readonly outcome: { readonly accuracy: number } | null;
}
interface Watched {
  readonly created: boolean;
  readonly run: Run;
  readonly detached: boolean;
  readonly heard: { readonly after: number; readonly until: number; readonly events: number };
}
interface Details extends Run {
  readonly command: string;
  readonly transitions: readonly { readonly to: string; readonly reason: string }[];
  readonly checkpoints: readonly { readonly epoch: number }[];
  readonly artifacts: readonly { readonly name: string }[];
  readonly versions: readonly { readonly reference: string }[];
}

const tiny = ['--arch', 'lenet5', '--train-limit', '200', '--batch-size', '50', '--experiment', 'e2e'];
const submit = (...more: string[]) => ['runs', 'submit', ...tiny, ...more];

/** A command that goes on while others are called. */
function begin(...words: string[]): {
  readonly child: ChildProcess;
  /** It has said something: it is there, and listens to signals. */
  readonly isThere: Promise<unknown>;
  readonly ended: Promise<ProcessResult>;
} {
  const child = spawn(process.execPath, [launcher, ...words], {
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let standardOutput = '';
  let standardError = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (standardOutput += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (standardError += chunk));
  const ended = once(child, 'close').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    standardOutput,
    standardError,
  }));
  return { child, isThere: Promise.race([once(child.stderr, 'data'), ended]), ended };
}

/** Waits until something is so of a run; asks the gateway itself, since a command takes longer to start than a run to be over. */
async function until(
  id: string,
  isSo: (run: Pick<Details, 'state' | 'checkpoints'>) => boolean,
): Promise<void> {
  const query = 'query ($id: ID!) { run(id: $id) { state reason checkpoints { epoch } } }';
  for (;;) {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { id } }),
    });
    const { run } = ((await response.json()) as { data: { run: Details & { reason: string } } }).data;
    if (isSo(run)) return;
    if (['succeeded', 'failed', 'cancelled'].includes(run.state))
      throw new Error(`The run is ${run.state} already: ${run.reason}`);
    await sleep(50);
  }
}

describe('a run from the command line', () => {
  let id: string;

  it('is submitted and watched to its end', async () => {
    const { created, run, heard } = await answer<Watched>(
      ...submit('--epochs', '3', '--seed', '1', '--watch'),
    );
    expect({ created, state: run.state }).toEqual({ created: true, state: 'succeeded' });
    expect(heard).toEqual({ after: 0, until: run.lastSequence, events: run.lastSequence });
    id = run.id;
  });

  it('is found again by its key, and not submitted twice', async () => {
    const order = submit('--epochs', '1', '--key', 'once');
    const first = await answer<Watched>(...order, '--watch');
    const again = await answer<Watched>(...order);
    expect(again).toMatchObject({ created: false, run: { id: first.run.id } });
  });

  it('is listed, and shown with all that happened', async () => {
    const { runs } = await answer<{ runs: Run[] }>(
      'runs',
      'list',
      '--experiment',
      'e2e',
      '--state',
      'succeeded',
    );
    expect(runs.map((run) => run.id)).toContain(id);
    const run = await answer<Details>('runs', 'show', id.slice(0, 13));
    expect(run.command).toContain('moda train --arch lenet5');
    const states = run.transitions.map(({ to }) => to);
    expect([...states.slice(0, 4), states.at(-1)]).toEqual([
      'queued',
      'admitted',
      'starting',
      'running',
      'succeeded',
    ]);
    expect(run.artifacts.map(({ name }) => name)).toContain('model/weights.safetensors');
  });

  it('has a log, the same live and afterwards', async () => {
    const { lines } = await answer<{ lines: { text: string }[] }>('runs', 'logs', id);
    const { standardOutput } = await moda('runs', 'logs', id, '-f');
    expect(lines.length).toBeGreaterThan(0);
    for (const { text } of lines) expect(standardOutput).toContain(text);
  });

  it('has a model that is pulled, and is as accurate as the service says', async () => {
    const folder = join(home, 'pulled');
    await answer('runs', 'pull', id, '--out', folder);
    const { outcome } = await answer<Details>('runs', 'show', id);
    const { accuracy } = await answer<{ accuracy: number }>(
      'evaluate',
      '--model',
      folder,
      '--dataset',
      'digits',
    );
    expect(accuracy).toBeCloseTo(outcome?.accuracy ?? NaN, 6);
  });

  it('is published with its modules, which are found and name the run', async () => {
    await answer('runs', 'publish', id, '--as', 'ada/e2e@1.0.0', '--license', 'Apache-2.0');
    const { versions } = await answer<Details>('runs', 'show', id);
    expect(versions.map(({ reference }) => reference)).toEqual(['ada/e2e@1.0.0']);
    const { modules } = await answer<{ modules: { reference: string }[] }>('search', '3');
    expect(modules.map(({ reference }) => reference)).toContain('ada/e2e/3@1.0.0');
  });

  it('is forked from a checkpoint with another learning rate', async () => {
    const forked = await answer<Watched>(
      'runs',
      'fork',
      id,
      '--epoch',
      '2',
      '--epochs',
      '4',
      '--lr',
      '0.01',
      '--watch',
    );
    expect(forked.run).toMatchObject({ state: 'succeeded', spec: { learningRate: 0.01, epochs: 4 } });
    expect(forked.run.id).not.toBe(id);
  });

  it('is cut into a smaller model by a run of its own', async () => {
    const { run } = await answer<Watched>('runs', 'compose', id, '--classes', '0,3', '--watch');
    expect(run.state).toBe('succeeded');
  });
});

describe('a run that is cancelled', () => {
  it('goes on from its checkpoint when it is resumed', async () => {
    const { run } = await answer<Watched>(...submit('--epochs', '50', '--seed', '2'));
    await until(run.id, ({ checkpoints }) => checkpoints.length > 0);
    const { runs } = await answer<{ runs: Run[] }>('runs', 'cancel', run.id, '--wait');
    expect(runs).toMatchObject([{ id: run.id, state: 'cancelled' }]);
    const resumed = await answer<Watched>('runs', 'resume', run.id, '--watch');
    expect(resumed.run).toMatchObject({ state: 'succeeded' });
    const again = await moda('runs', 'cancel', run.id);
    expect([again.exitCode, again.standardOutput]).toEqual([1, expect.stringContaining('is over')]);
  });
});

describe('who watches', () => {
  it('misses and repeats nothing while the gateway is killed and started again', async () => {
    const { run } = await answer<Watched>(...submit('--epochs', '50', '--seed', '3'));
    const watching = begin('runs', 'watch', run.id, '--after', '0', '--json');
    await watching.isThere;
    await until(run.id, ({ state }) => state === 'running');
    const { port } = new URL(gateway.url);
    await gateway.kill();
    await sleep(1_000);
    gateway = await startGateway(port);
    const { exitCode, standardOutput, standardError } = await watching.ended;
    expect({ exitCode, standardError }).toEqual({
      exitCode: 0,
      standardError: expect.stringContaining('is tried again until it is back') as string,
    });
    const { heard, run: ended } = JSON.parse(standardOutput) as Watched;
    expect(heard).toEqual({ after: 0, until: ended.lastSequence, events: ended.lastSequence });
  });

  it('leaves the run alone with Ctrl-C, and comes back', async () => {
    const { run } = await answer<Watched>(...submit('--epochs', '50', '--seed', '4'));
    const watching = begin('runs', 'watch', run.id);
    await watching.isThere;
    await until(run.id, ({ state }) => state === 'running');
    watching.child.kill('SIGINT');
    const { exitCode, standardOutput } = await watching.ended;
    expect([exitCode, standardOutput]).toEqual([
      130,
      expect.stringContaining(`moda runs watch ${run.id} --after`),
    ]);
    const after = / --after (\d+)/.exec(standardOutput)?.[1] ?? '';
    const { run: ended, heard } = await answer<Watched>('runs', 'watch', run.id, '--after', after);
    expect(ended.state).toBe('succeeded');
    expect(heard).toEqual({
      after: Number(after),
      until: ended.lastSequence,
      events: ended.lastSequence - Number(after),
    });
  });
});

/** Where something listened a moment ago. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return `http://127.0.0.1:${port}`;
}

describe('without a gateway', () => {
  it('every command says so in one sentence', async () => {
    const nowhere = await closedAddress();
    const { exitCode, standardError } = await moda('runs', 'list', '--gateway', nowhere);
    expect([exitCode, standardError]).toEqual([
      1,
      `moda: Nothing answers at ${nowhere}; start it with \`npm start\`, or name another with --gateway. [GATEWAY_UNREACHABLE]\n`,
    ]);
  });
});
