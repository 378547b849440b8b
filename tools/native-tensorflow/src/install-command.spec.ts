import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from './index.mjs';
import * as inspection from './inspect-native-tensorflow.mjs';
import * as installation from './install-native-tensorflow.mjs';
import { nativeFailureCodes } from './native-failure.mjs';
import { createProgress } from './progress.mjs';
import { fakeMachine, type FakeMachine } from './testing/fake-machine.js';

const TOOL = fileURLToPath(new URL('..', import.meta.url));

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine();
  // A copy beside the fake packages: the command works on the packages of the repository that it lies in.
  mkdirSync(path.join(machine.root, 'tool'));
  for (const part of ['install.mjs', 'package.json', 'src']) {
    cpSync(path.join(TOOL, part), path.join(machine.root, 'tool', part), { recursive: true });
  }
});
afterEach(() => machine.remove());

const environment = () => ({ ...machine.options.env, MODA_CACHE: machine.cacheDir, MODA_DEVICE: 'cpu' });
const program = () => path.join(machine.root, 'tool', 'install.mjs');

function command(...args: string[]) {
  return spawnSync(process.execPath, [program(), ...args], { env: environment(), encoding: 'utf8' });
}

describe('the command', () => {
  it('ends with 3 and one line where something is missing, and prints the outcome as JSON', () => {
    machine.without('python3');
    const { status, stdout, stderr } = command('--json', '--quiet');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'fallback',
      device: 'cpu',
      code: 'NATIVE_PIP_MISSING',
    });
    expect(stderr).toMatch(/^NATIVE_PIP_MISSING: .*\n$/);
  });

  it('says loudly, when not quiet, that everything will be slower', () => {
    machine.without('python3');
    expect(command().stderr).toContain('MODA runs on TensorFlow.js with WASM, which is much slower.');
  });

  it('ends with 2 and its usage on wrong options', () => {
    for (const args of [['--device', 'tpu'], ['--nonsense']]) {
      const { status, stderr } = command(...args);
      expect(status).toBe(2);
      expect(stderr).toContain('[--device cpu|gpu|auto]');
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('only looks with --inspect', () => {
    const { status, stdout } = command('--inspect', '--json');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'absent',
      problems: [{ code: 'NATIVE_NOT_INSTALLED' }],
    });
  });

  it('ends with 130 when it is interrupted, with what it has started', async () => {
    machine.behave('pip', 'endless');
    const child = spawn(process.execPath, [program(), '--quiet'], {
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    const ended = new Promise((resolve) => child.on('close', resolve));
    await vi.waitUntil(() => machine.calls('pip').length > 0, { timeout: 20_000 });
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said).toBe('Interrupted; the next run goes on from here.\n');
  });

  it('loads no npm package, since it has to explain one that is missing', () => {
    rmSync(path.join(machine.root, 'node_modules'), { recursive: true });
    expect(command('--json', '--quiet').stderr).toMatch(/^NATIVE_PACKAGE_MISSING: /);
    const manifest = JSON.parse(readFileSync(path.join(TOOL, 'package.json'), 'utf8')) as object;
    // Only the addon's C++ sources read this one.
    expect(manifest).toHaveProperty('dependencies', { 'node-api-headers': expect.any(String) as string });
  });
});

describe('the package', () => {
  it('exports what its declarations say', () => {
    // The left side has the declared types, the right side those of the code.
    const declared: typeof api = {
      installNativeTensorflow: installation.installNativeTensorflow,
      inspectNativeTensorflow: inspection.inspectNativeTensorflow,
      createProgress,
      nativeFailureCodes,
    };
    expect({ ...api }).toEqual(declared);
  });
});
