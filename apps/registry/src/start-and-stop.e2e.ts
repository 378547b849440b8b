import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSigningKey } from '@moda/module-format';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleModel } from './publish/testing/sample-model.js';
import { publishOver, wireTo } from './testing/over-the-wire.js';
import { type RegistryProcess, runRegistry, startRegistry } from './testing/registry-process.js';

let home: string;
const running: RegistryProcess[] = [];

// One folder for all: each of these is about a start or an end, and the first start in a folder takes longest.
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-registry-'));
});

afterEach(async () => {
  for (const registry of running.splice(0)) {
    registry.kill('SIGKILL');
    await registry.ended;
  }
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function start(environment: NodeJS.ProcessEnv = {}): Promise<RegistryProcess> {
  const registry = await startRegistry({ MODA_HOME: home, ...environment });
  running.push(registry);
  return registry;
}

describe('the program', () => {
  it('explains itself', async () => {
    const { exitCode, standardOutput, standardError } = await runRegistry(['--help'], {});
    expect({ exitCode, standardError }).toEqual({ exitCode: 0, standardError: '' });
    expect(standardOutput).toContain('MODA_HOME');
  });

  it.each([
    ['an option that is none', ['--verbose'], {}],
    ['a host beyond this machine', [], { REGISTRY_HOST: '0.0.0.0', REGISTRY_PORT: 'x' }],
  ])('refuses %s in one sentence', async (_what, words, environment) => {
    const { exitCode, standardOutput, standardError } = await runRegistry(words, {
      MODA_HOME: home,
      ...environment,
    });
    expect({ exitCode, standardOutput }).toEqual({ exitCode: 2, standardOutput: '' });
    expect(standardError).toMatch(/^moda-registry: [^\n]+\.\n$/);
  });

  it('says that a port is taken', async () => {
    const other = createServer();
    const port = await listening(other);
    try {
      const { exitCode, standardError } = await runRegistry(['--port', String(port)], { MODA_HOME: home });
      expect(exitCode).toBe(1);
      expect(standardError).toBe(
        `moda-registry: Another program listens at port ${port} of 127.0.0.1; stop it, or choose another port with --port.\n`,
      );
    } finally {
      other.close();
    }
  });

  it('says that its folder cannot be used', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const { exitCode, standardError } = await runRegistry([], { MODA_HOME: join(file, 'below') });
    expect(exitCode).toBe(1);
    expect(standardError).toMatch(/^moda-registry: [^\n]+\n$/);
  });

  it('says that its folder belongs to a registry that runs', async () => {
    await start();
    for (const words of [['--port', '0'], ['collect']]) {
      const { exitCode, standardError } = await runRegistry(words, { MODA_HOME: home });
      expect(exitCode).toBe(1);
      expect(standardError).toMatch(/^moda-registry: [^\n]+\n$/);
    }
  });

  it('collects what nothing refers to', async () => {
    const { exitCode, standardOutput } = await runRegistry(['collect', '--older-than', '0'], {
      MODA_HOME: home,
    });
    expect(exitCode).toBe(0);
    expect(standardOutput).toBe('removed 0 blobs and 0 expired drafts; kept 0 in use and 0 too young\n');
  });
});

describe('a registry that is stopped', () => {
  it('is unready at once, answers what it has begun, and ends well', async () => {
    const registry = await start({ STOP_NOTICE_MS: '700' });
    registry.kill('SIGTERM');
    const deadline = Date.now() + 5000;
    let status = 200;
    while (status === 200 && Date.now() < deadline) status = (await fetch(`${registry.url}/readyz`)).status;
    expect(status).toBe(503);
    expect((await fetch(`${registry.url}/healthz`)).status).toBe(200);
    const { exitCode, standardOutput, standardError } = await registry.ended;
    expect(exitCode).toBe(0);
    expect(standardOutput).toBe(`registry ready at ${registry.url}\n`);
    for (const line of standardError.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ service: 'registry', level: 'info' });
  });

  it('ends at the second signal, whatever it does', async () => {
    const registry = await start({ STOP_NOTICE_MS: '60000' });
    registry.kill('SIGTERM');
    while ((await fetch(`${registry.url}/readyz`)).status === 200);
    registry.kill('SIGINT');
    expect((await registry.ended).exitCode).toBe(130);
  });

  it('has everything when it comes again, after a kill too', async () => {
    const first = await start();
    const key = parseSigningKey(JSON.parse(await readFile(join(home, 'keys', 'signing-key.json'), 'utf8')));
    const name = { owner: 'ada', model: 'digits', version: '1.0.0' };
    const published = await publishOver(wireTo(first.url), sampleModel(), name, key);
    expect(published).toMatchObject({ __typename: 'Release', created: true });
    first.kill('SIGKILL');
    await first.ended;
    const second = await start();
    const answer = await wireTo(second.url).ask('{ version(owner: "ada", model: "digits") { digest } }');
    expect(answer).toEqual({ version: { digest: published.version?.digest } });
  });
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}
