import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  processesOf,
  recordedProcesses,
  type RunningPlatform,
  startPlatform,
  until,
} from './running-platform.js';
import { writeLongPlan, writeTinyPlan } from './tiny-plan.js';

let folder: string;
let tiny: string;
let long: string;
let running: RunningPlatform | undefined;

beforeAll(async () => {
  // A blank in a path has broken many a program.
  folder = await realpath(await mkdtemp(join(tmpdir(), 'moda platform ')));
  tiny = await writeTinyPlan(folder);
  long = await writeLongPlan(folder);
});

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }));

function start(home: string, words: readonly string[], environment: Record<string, string> = {}) {
  running = startPlatform(words, { MODA_HOME: home, MODA_FIRST_PLAN: tiny, ...environment });
  return running;
}

/** Waits until nothing of a platform is left, by number and by environment. */
async function nothingIsLeft(home: string, withinMs: number): Promise<void> {
  await until(
    () => processesOf(home).length === 0,
    () => processesOf(home).join('\n'),
    withinMs,
  );
}

describe('the platform', () => {
  const home = (): string => join(folder, 'a home');

  it('brings everything up, trains and publishes through the gateway, and ends when that is done', async () => {
    const { exitCode, standardOutput, standardError } = await start(home(), ['--once']).ended;
    expect(exitCode, standardError).toBe(0);
    for (const sentence of [
      /^The registry is ready at http:/m,
      /^The training service is ready at http:/m,
      /^The gateway is ready at http:/m,
      /^Training standard: done, accuracy [\d.]+ %/m,
      /^Training modular: done/m,
      /^Training weak: done/m,
    ])
      expect(standardError).toMatch(sentence);
    expect(standardOutput).toContain('Ten modules: share of the parameters of the whole network');
    expect(standardOutput).toMatch(
      /^Published +local\/digits@1\.0\.0 {2}10 modules, accuracy [\d.]+ %, run [0-9a-f-]+$/m,
    );
    expect(existsSync(join(home(), 'first-experiment', 'report', 'report.md'))).toBe(true);
    expect(processesOf(home())).toEqual([]);
    expect(await readdir(join(home(), 'platform'))).toEqual([]);
  });

  it('does nothing twice', async () => {
    const models = join(home(), 'training', 'runs');
    const before = await readdir(models);
    const { exitCode, standardOutput, standardError } = await start(home(), ['--once']).ended;
    expect(exitCode, standardError).toBe(0);
    expect(standardError.match(/^Already trained: /gm)).toHaveLength(3);
    expect(standardError).toContain('Already done: ');
    expect(standardError).not.toMatch(/^Training /m);
    expect(standardOutput).toContain('Ten modules: share of the parameters of the whole network');
    expect(standardOutput).toMatch(/^In the registry +local\/digits@1\.0\.0/m);
    expect(await readdir(models)).toEqual(before);
    expect(await readdir(join(home(), 'logs'))).toContain('training.log.1');
  });

  it('stays until Ctrl-C and takes everything down with it', async () => {
    const platform = start(home(), []);
    await platform.says('Everything stays up until Ctrl-C.');
    const url = /^Gateway +(\S+)\/graphql/m.exec(platform.text())?.[1];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const web = /^Experiments +(\S+)/m.exec(platform.text())?.[1];
    for (const path of ['/', '/marketplace'])
      expect(await (await fetch(`${web}${path}`)).text()).toContain('MODA');
    // Three services and two web apps.
    expect(await recordedProcesses(home())).toHaveLength(5);

    const second = await startPlatform(['--once'], { MODA_HOME: home() }).ended;
    expect(second.exitCode).toBe(1);
    expect(second.standardError).toBe(
      `moda: MODA is running from ${home()} already, as process ${platform.child.pid}; stop that one with Ctrl-C, or set MODA_HOME to another folder.\n`,
    );

    platform.child.kill('SIGINT');
    expect((await platform.ended).exitCode).toBe(130);
    expect(processesOf(home())).toEqual([]);
  });

  it('starts a service again that dies, at the same address', async () => {
    const platform = start(home(), []);
    await platform.says('Everything stays up until Ctrl-C.');
    const [url] = /http:\S+/.exec(/^The registry is ready at .*$/m.exec(platform.text())?.[0] ?? '') ?? [];
    const registry = processesOf(home()).find((line) => line.includes('moda-registry'));
    process.kill(Number(registry?.split(' ')[0]), 'SIGKILL');
    await platform.says(/^The registry ended with SIGKILL; see .*registry\.log\.$/m);
    await platform.says(`The registry is back at ${(url ?? '').replace(/\.$/, '')}.`);
    platform.child.kill('SIGTERM');
    expect((await platform.ended).exitCode).toBe(130);
    expect(processesOf(home())).toEqual([]);
  });
});

describe('a platform that is stopped in the middle of a training', () => {
  it('by Ctrl-C leaves a checkpoint and no process, and goes on from there', async () => {
    const home = join(folder, 'stopped');
    const platform = start(home, [], { MODA_FIRST_PLAN: long });
    // Not its first step: what was done is to be seen again.
    await platform.says(/^Training standard: (?!1\/)\d+\/\d+ steps/m);
    expect(processesOf(home).some((line) => line.includes('moda-training-worker'))).toBe(true);
    // Both npm and the terminal tell of one press.
    platform.child.kill('SIGINT');
    platform.child.kill('SIGINT');
    const { exitCode, standardError } = await platform.ended;
    expect(exitCode, standardError).toBe(130);
    expect(standardError).toContain('Stopping; what is trained writes its checkpoint.');
    expect(processesOf(home)).toEqual([]);
    const [run = ''] = await readdir(join(home, 'training', 'runs')).then((names) =>
      names.filter((name) => !name.startsWith('lock')),
    );
    const names = await readdir(join(home, 'training', 'runs', run, 'model'));
    expect(names).toContain('checkpoint.safetensors');

    const again = start(home, [], { MODA_FIRST_PLAN: long });
    await again.says(/^Training standard: \d+\/\d+ steps/m);
    const [, done] = /^Training standard: (\d+)\/\d+ steps/m.exec(again.text()) ?? [];
    expect(Number(done)).toBeGreaterThan(1);
    again.child.kill('SIGINT');
    expect((await again.ended).exitCode).toBe(130);
  });

  it('by a second Ctrl-C is gone at once, with all that it started', async () => {
    const home = join(folder, 'forced');
    const platform = start(home, [], { MODA_FIRST_PLAN: long });
    await platform.says(/^Training standard: \d+\/\d+ steps/m);
    // A service that does not answer would keep an orderly end waiting.
    const training = processesOf(home).find((line) => line.includes('moda-training.mjs'));
    process.kill(Number(training?.split(' ')[0]), 'SIGSTOP');
    platform.child.kill('SIGINT');
    await platform.says('Ctrl-C again ends it at once.');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(platform.child.exitCode).toBeNull();
    platform.child.kill('SIGINT');
    expect((await platform.ended).exitCode).toBe(130);
    await nothingIsLeft(home, 5_000);
  });

  it('by kill -9 leaves no process for long, and the next start takes over', async () => {
    const home = join(folder, 'killed');
    const platform = start(home, [], { MODA_FIRST_PLAN: long });
    await platform.says(/^Training standard: \d+\/\d+ steps/m);
    platform.child.kill('SIGKILL');
    await platform.ended;
    await nothingIsLeft(home, 15_000);

    const next = start(home, [], { MODA_FIRST_PLAN: long });
    await next.says(/^Training standard: \d+\/\d+ steps/m);
    const training = Number(
      processesOf(home)
        .find((line) => line.includes('moda-training.mjs'))
        ?.split(' ')[0],
    );
    process.kill(training, 'SIGSTOP');
    next.child.kill('SIGKILL');
    await next.ended;
    // This one comes too soon for what the killed one has left, and which cannot end yet.
    const again = start(home, [], { MODA_FIRST_PLAN: long });
    await again.says('Waiting for the services of an earlier start to end');
    process.kill(training, 'SIGCONT');
    await again.says(/^Training standard: \d+\/\d+ steps/m);
    again.child.kill('SIGINT');
    expect((await again.ended).exitCode).toBe(130);
  });
});

describe('a platform that cannot start', () => {
  it('names the ports that are taken and the variables that move them, and starts nothing', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    const home = join(folder, 'taken');
    const { exitCode, standardError } = await start(home, ['--once'], { TRAINING_PORT: port }).ended;
    server.close();
    expect(exitCode).toBe(1);
    expect(standardError).toBe(
      `moda: Another program listens at port ${port}, where the training service belongs (TRAINING_PORT); stop it, or set that variable to another port.\n`,
    );
    expect(processesOf(home)).toEqual([]);
  });

  it('passes on the sentence of a service, and stops the others', async () => {
    const home = join(folder, 'refused');
    const { exitCode, standardError } = await start(home, ['--once'], { TRAINING_RUNS_AT_ONCE: 'many' })
      .ended;
    expect(exitCode).toBe(1);
    expect(standardError).toMatch(/^moda: The training service did not start: .*TRAINING_RUNS_AT_ONCE/m);
    expect(standardError).not.toContain('    at ');
    expect(processesOf(home)).toEqual([]);
    expect(await readFile(join(home, 'logs', 'training.log'), 'utf8')).toContain('TRAINING_RUNS_AT_ONCE');
  });

  it.each([
    ['an option that is none', ['--onec'], {}],
    ['a port that is none', ['--once'], { GATEWAY_PORT: 'x' }],
    ['a plan that is not there', ['--once'], { MODA_FIRST_PLAN: 'none.json' }],
  ])('refuses %s in one sentence', async (_what, words, environment) => {
    const home = join(folder, 'misused');
    const { exitCode, standardError } = await start(home, words, environment).ended;
    expect(exitCode).toBe(2);
    expect(standardError.trimEnd().split('\n').at(-1)).toMatch(/^moda: [^\n]+\.$/);
    expect(processesOf(home)).toEqual([]);
  });
});
