import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overEventStream, overWebSocket, type Subscribe } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, clientOf } from './testing/gateway.js';
import { type ServiceProcess, startProgram } from './testing/service-process.js';

// The whole way, with a real network: every question goes to the gateway, and a run is trained, watched, published and found.

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const environment = { LOG_LEVEL: 'debug' };

let home: string;
let registry: ServiceProcess;
let training: ServiceProcess;
let gateway: ServiceProcess;
let trainingPort: string;
let runId: string;

const startTraining = (port = '0') =>
  startProgram('training', { ...environment, MODA_HOME: home, MODA_REGISTRY: registry.url }, [
    '--port',
    port,
  ]);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-joined-'));
  registry = await startProgram('registry', { ...environment, MODA_HOME: home });
  training = await startTraining();
  trainingPort = new URL(training.url).port;
  gateway = await startProgram('gateway', {
    ...environment,
    REGISTRY_URL: registry.url,
    TRAINING_URL: training.url,
  });
});

afterAll(async () => {
  for (const program of [gateway, training, registry]) {
    program.kill('SIGKILL');
    await program.ended;
  }
  await rm(home, { recursive: true, force: true });
});

const ask = (query: string, variables: object = {}, headers = {}): Promise<Answer> =>
  clientOf(gateway.url).ask(query, { variables }, headers);

interface Told {
  readonly sequence: number;
  readonly body: { readonly to?: string };
}

const events = `subscription ($id: ID!, $after: SafeInt!) {
  runEvents(id: $id, after: $after) { sequence body { ... on StateChange { to } } } }`;

/** Follows a run until it has ended, and subscribes again behind the last event whenever the stream breaks. */
async function follow(subscribe: Subscribe, id: string): Promise<{ told: Told[]; breaks: number }> {
  const told: Told[] = [];
  for (let breaks = 0; breaks < 200; breaks += 1) {
    const after = told.at(-1)?.sequence ?? 0;
    try {
      for await (const { data } of subscribe(gateway.url, events, { variables: { id, after } }))
        if (data?.['runEvents']) told.push(data['runEvents'] as unknown as Told);
    } catch {
      // The connection broke: the next one goes on where this one ended.
    }
    if (['succeeded', 'failed'].includes(lastState(told) ?? '')) return { told, breaks };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The run is ${lastState(told)} and never ended.`);
}

const lastState = (told: readonly Told[]) => told.findLast(({ body }) => body.to !== undefined)?.body.to;

describe('a run', () => {
  it('is submitted, and told over both ways without a gap while its service is killed and started again', async () => {
    const { data, errors } = await ask(
      `mutation ($spec: JSONObject!) { submitRun(input: { experiment: "joined", spec: $spec }) {
        ... on Submission { run { id } } ... on Problem { code message } } }`,
      { spec: { arch: 'lenet5', epochs: 30, trainLimit: 200 } },
      { traceparent },
    );
    expect(errors).toEqual([]);
    runId = (data as { submitRun: { run: { id: string } } }).submitRun.run.id;

    const followed = [overEventStream, overWebSocket].map((subscribe) => follow(subscribe, runId));
    await until(async () => (await eventCount()) > 20);
    training.kill('SIGKILL');
    const { standardError } = await training.ended;
    expect(standardError).toContain(traceId);
    training = await startTraining(trainingPort);

    for (const { told, breaks } of await Promise.all(followed)) {
      expect(breaks).toBeGreaterThan(0);
      expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
      expect(lastState(told)).toBe('succeeded');
    }
  });

  it('is published, found as a version, and joined with it in both directions', async () => {
    const published = await ask(
      `mutation ($id: ID!) { publishRun(input: { id: $id, owner: "ada", model: "digits", version: "1.0.0", license: "MIT" }) {
        ... on Publication { reference } ... on Problem { code message } } }`,
      { id: runId },
    );
    expect(published).toMatchObject({ errors: [], data: { publishRun: { reference: 'ada/digits@1.0.0' } } });

    const { data, errors } = await ask(
      `query ($id: ID!) { run(id: $id) { state versions { reference modules { className } run { id state } } }
        version(owner: "ada", model: "digits") { reference run { id state experimentName versions { reference } } } }`,
      { id: runId },
    );
    expect(errors).toEqual([]);
    const reference = 'ada/digits@1.0.0';
    expect(data).toEqual({
      run: {
        state: 'succeeded',
        versions: [
          {
            reference,
            modules: Array.from({ length: 10 }, () => ({ className: expect.any(String) as unknown })),
            run: { id: runId, state: 'succeeded' },
          },
        ],
      },
      version: {
        reference,
        run: { id: runId, state: 'succeeded', experimentName: 'joined', versions: [{ reference }] },
      },
    });
  });

  it('belongs to the trace of the question that started it', async () => {
    const question = 'query ($id: ID!) { run(id: $id) { traceId versions { reference } } }';
    const { data } = await ask(question, { id: runId }, { traceparent });
    expect(data).toMatchObject({ run: { traceId } });
  });

  it('leaves its trace in the log of its worker', async () => {
    const { data } = await ask('query ($id: ID!) { run(id: $id) { logUrl } }', { id: runId });
    const response = await fetch((data as { run: { logUrl: string } }).run.logUrl);
    const first = (await response.text()).split('\n', 1)[0] ?? '';
    expect(JSON.parse(first)).toMatchObject({ service: 'training-worker', traceId, runId, attempt: '1' });
  });
});

describe('half of the services', () => {
  const question =
    'query ($id: ID!) { run(id: $id) { id state versions { reference } } models { totalEstimate } }';

  it('answers what it can while the registry is down, and names it', async () => {
    registry.kill('SIGTERM');
    const { standardError } = await registry.ended;
    // It was asked for the versions of the run in the trace of the question about it.
    expect(standardError).toContain(traceId);
    const { status, data, errors } = await ask(question, { id: runId });
    expect({ status, data }).toEqual({
      status: 200,
      data: { run: { id: runId, state: 'succeeded', versions: null }, models: null },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'registry' } }]);
  });

  it('answers what it can while the training service is down, and names it', async () => {
    registry = await startProgram('registry', { ...environment, MODA_HOME: home }, [
      '--port',
      new URL(registry.url).port,
    ]);
    training.kill('SIGKILL');
    await training.ended;
    const { status, data, errors } = await ask(
      `query ($id: ID!) { run(id: $id) { state } version(owner: "ada", model: "digits") { reference run { id state } } }`,
      { id: runId },
    );
    expect({ status, data }).toEqual({
      status: 200,
      data: { run: null, version: { reference: 'ada/digits@1.0.0', run: null } },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'training' } }]);
  });
});

async function eventCount(): Promise<number> {
  const { data } = await ask('query ($id: ID!) { run(id: $id) { lastSequence } }', { id: runId });
  return (data as { run: { lastSequence: number } }).run.lastSequence;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
