import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectNativeTensorflow } from './inspect-native-tensorflow.mjs';
import { installNativeTensorflow } from './install-native-tensorflow.mjs';
import { fakeMachine, type FakeMachine } from './testing/fake-machine.js';

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine();
});
afterEach(() => machine.remove());

const inspect = () => inspectNativeTensorflow(machine.options);
const codes = async () => (await inspect()).problems.map(({ code }) => code);

describe('looking at an installation', () => {
  it('finds none on a fresh clone, and says how to get one', async () => {
    expect(await inspect()).toMatchObject({
      state: 'absent',
      device: null,
      wantedDevice: 'cpu',
      tensorflow: null,
      packageVersion: '4.22.0',
      problems: [{ code: 'NATIVE_NOT_INSTALLED', remedy: 'Run `npm run setup` in the repository.' }],
    });
  });

  it('finds all well after the installation', async () => {
    await installNativeTensorflow(machine.options);
    const inspection = await inspect();
    expect(inspection).toMatchObject({
      state: 'ready',
      device: 'cpu',
      tensorflow: '1.2.3',
      cuda: {},
      problems: [],
    });
    expect(inspection.libraries?.sizeBytes).toBe(
      '1.2.3 of tensorflow-cpu'.length + 'framework'.length + '/* c */'.length,
    );
    expect(inspection.cache.freeBytes).toBeGreaterThan(0);
  });

  it('changes nothing', async () => {
    const before = readdirSync(machine.root, { recursive: true });
    await inspect();
    expect(readdirSync(machine.root, { recursive: true })).toEqual(before);
    expect(existsSync(machine.cacheDir)).toBe(false);
  });

  it('names driver and CUDA wheels of a GPU', async () => {
    machine.plugInGpu();
    machine.behave('package', 'gpu');
    await installNativeTensorflow(machine.options);
    expect(await inspect()).toMatchObject({
      state: 'ready',
      device: 'gpu',
      wantedDevice: 'gpu',
      driver: { present: true, version: '550.54.15', libcuda: null },
      cuda: { 'nvidia-cuda-runtime-cu12': '1.2.3' },
      problems: [{ code: 'NATIVE_DRIVER_INCOMPLETE' }],
    });
  });

  it('repeats why an installation fell back', async () => {
    machine.without('g++');
    await installNativeTensorflow(machine.options);
    expect(await inspect()).toMatchObject({
      state: 'fallback',
      problems: [{ code: 'NATIVE_COMPILER_MISSING' }],
    });
  });

  it.each([
    [
      'the package is gone',
      () => rmSync(machine.packageDir, { recursive: true }),
      ['NATIVE_PACKAGE_MISSING'],
    ],
    [
      'the cache was emptied',
      () => rmSync(machine.cacheDir, { recursive: true }),
      ['NATIVE_LIBRARIES_MISSING'],
    ],
    [
      'the link is gone',
      () => rmSync(path.join(machine.packageDir, 'deps/lib')),
      ['NATIVE_LIBRARIES_MISSING'],
    ],
    [
      'the addon is another one',
      () => writeFileSync(path.join(machine.packageDir, 'lib/napi-v8/tfjs_binding.node'), 'other'),
      ['NATIVE_ADDON_MISSING'],
    ],
    ['a GPU has been added', () => machine.plugInGpu(), ['NATIVE_OUTDATED', 'NATIVE_DRIVER_INCOMPLETE']],
  ])('notices when %s', async (_what, change, expected) => {
    await installNativeTensorflow(machine.options);
    expect(await codes()).toEqual([]);
    change();
    expect(await codes()).toEqual(expected);
  });
});
