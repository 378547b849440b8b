import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackGateway } from './testing/attack.js';
import { clientOf } from './testing/gateway.js';
import { attacks } from './testing/hostile-questions.js';
import { runProgram, type ServiceProcess, startProgram } from './testing/service-process.js';

let home: string;
let registry: ServiceProcess;
let gateway: ServiceProcess;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-gateway-'));
  registry = await startProgram('registry', { MODA_HOME: home });
  // Nothing listens at port 1: the other services are away.
  gateway = await startProgram('gateway', { REGISTRY_URL: registry.url, TRAINING_URL: 'http://127.0.0.1:1' });
});

afterAll(async () => {
  for (const program of [gateway, registry]) {
    program.kill('SIGKILL');
    await program.ended;
  }
  await rm(home, { recursive: true, force: true });
});

const question = '{ models(first: 3) { totalEstimate edges { cursor } } }';

describe('the program', () => {
  it('explains itself', async () => {
    const { exitCode, standardOutput } = await runProgram('gateway', ['--help']);
    expect(exitCode).toBe(0);
    expect(standardOutput).toContain('REGISTRY_URL');
  });

  it.each([
    ['an option that is none', ['--verbose'], {}, 2],
    ['a host beyond this machine', [], { GATEWAY_HOST: '0.0.0.0', GATEWAY_PORT: 'x' }, 2],
    ['a list of documents that is not there', [], { TRUSTED_DOCUMENTS: 'none.json' }, 1],
  ])('refuses %s in one sentence', async (_what, words, environment, code) => {
    const { exitCode, standardOutput, standardError } = await runProgram('gateway', words, environment);
    expect({ exitCode, standardOutput }).toEqual({ exitCode: code, standardOutput: '' });
    expect(standardError).toMatch(/^moda-gateway: [^\n]+\.\n$/);
  });

  it('says that a port is taken', async () => {
    const { port } = new URL(gateway.url);
    const { exitCode, standardError } = await runProgram('gateway', ['--port', port]);
    expect(exitCode).toBe(1);
    expect(standardError).toContain(`Another program listens at port ${port} of 127.0.0.1`);
  });

  it('ends soon and well when it is told to', async () => {
    const other = await startProgram('gateway', { REGISTRY_URL: registry.url });
    const startedAt = performance.now();
    other.kill('SIGTERM');
    expect((await other.ended).exitCode).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('the registry behind it', () => {
  it('answers through the gateway', async () => {
    const { errors, data } = await clientOf(gateway.url).ask(question);
    expect(errors).toEqual([]);
    expect(data).toEqual({ models: { totalEstimate: 0, edges: [] } });
  });

  it('may die and come back', async () => {
    const { ask } = clientOf(gateway.url);
    const { port } = new URL(registry.url);
    registry.kill('SIGKILL');
    await registry.ended;
    expect((await ask(question)).errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'registry' } },
    ]);
    registry = await startProgram('registry', { MODA_HOME: home }, ['--port', port]);
    expect((await ask(question)).errors).toEqual([]);
  });
});

describe('10,000 hostile questions', () => {
  const kinds = Object.keys(attacks);
  const words = {
    root: 'models',
    paged: 'models',
    circle: 'pageInfo',
    leaf: 'totalEstimate',
    type: 'ModelConnection',
  };
  /** What one process may hold, whatever it is asked (MiB). */
  const mostMemory = 600;

  it.each(kinds)('that are %s are answered or refused within a second, in bounded memory', async (kind) => {
    const { slowestMs, wrong } = await attackGateway(
      gateway.url,
      kind,
      Math.ceil(10_000 / kinds.length),
      words,
    );
    expect(wrong).toEqual([]);
    expect(slowestMs).toBeLessThan(1_000);
    expect(gateway.memory()).toBeLessThan(mostMemory);
  });
});
