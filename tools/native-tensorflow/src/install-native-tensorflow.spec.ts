import { spawn } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstallOptions, NativeRecord, NativeState } from './index.mjs';
import { installNativeTensorflow } from './install-native-tensorflow.mjs';
import { recordFile } from './native-record.mjs';
import { fakeMachine, type FakeMachine } from './testing/fake-machine.js';

const CHILD = fileURLToPath(new URL('./testing/install-child.mjs', import.meta.url));

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine();
});
afterEach(() => machine.remove());

const install = (more: InstallOptions = {}) => installNativeTensorflow({ ...machine.options, ...more });
const installInChild = (more: InstallOptions = {}, moment?: string) =>
  new Promise<{ killedBy: string | null; state: NativeState | null }>((resolve) => {
    const args = [CHILD, JSON.stringify({ ...machine.options, ...more }), ...(moment ? [moment] : [])];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (text) => (said += String(text)));
    child.on('close', (_code, killedBy) =>
      resolve({ killedBy, state: said === '' ? null : (JSON.parse(said) as NativeState) }),
    );
  });
const record = () => JSON.parse(readFileSync(recordFile(machine.packageDir), 'utf8')) as NativeRecord;
const linked = (file: string) => readFileSync(path.join(machine.packageDir, 'deps', file), 'utf8');

describe('a first installation', () => {
  it('fetches, compiles, links, checks and records', async () => {
    expect(await install()).toEqual({
      state: 'ready',
      device: 'cpu',
      tensorflow: '1.2.3',
      warnings: [],
      changed: true,
    });
    expect(linked('lib/libtensorflow_cc.so.2')).toBe('1.2.3 of tensorflow-cpu');
    expect(record()).toMatchObject({
      schema: 1,
      state: 'ready',
      device: 'cpu',
      tensorflow: '1.2.3',
      node: process.version,
    });
    expect(machine.unfinished()).toEqual([]);
  });

  it('asks pip for exactly the pinned bytes, whatever Python pip belongs to', async () => {
    await install();
    expect(machine.calls('pip')).toEqual([
      expect.stringMatching(
        /-m pip download .*--require-hashes.*--python-version 3\.12 --abi cp312 --platform manylinux_2_27_x86_64/,
      ),
    ]);
  });

  it('compiles against the Node-API headers and the fetched library, to be found from the place of the addon', async () => {
    await install();
    const [call = ''] = machine.calls('compiler');
    expect(call).toContain(`-I${path.join(machine.root, 'node_modules/node-api-headers/include')}`);
    expect(call).toContain('-DNAPI_VERSION=8');
    expect(call).toContain('-rpath,$ORIGIN/../../deps/lib');
    expect(call).toMatch(/tensorflow\/libtensorflow_cc\.so\.2/);
    expect(
      statSync(path.join(machine.packageDir, 'lib/napi-v8/tfjs_binding.node')).mode & 0o111,
    ).toBeGreaterThan(0);
  });

  it('takes from the wheel only what is wanted, and keeps no wheel', async () => {
    await install();
    const layout = path.dirname(readlinkSync(path.join(machine.packageDir, 'deps/lib')));
    expect(() => statSync(path.join(layout, 'METADATA'))).toThrow('ENOENT');
    expect(machine.unfinished()).toEqual([]);
  });

  it('replaces what the install script of the package may have left', async () => {
    mkdirSync(path.join(machine.packageDir, 'deps', 'lib', 'old'), { recursive: true });
    expect(await install()).toMatchObject({ state: 'ready' });
    expect(linked('lib/libtensorflow_cc.so.2')).toContain('1.2.3');
  });
});

describe('a second run', () => {
  it('does nothing and needs neither pip nor compiler nor cache lock', async () => {
    await install();
    const before = readFileSync(recordFile(machine.packageDir), 'utf8');
    machine.without('python3');
    machine.without('g++');
    writeFileSync(path.join(machine.cacheDir, 'native-tensorflow', 'install.lock'), '');
    expect(await install()).toMatchObject({ state: 'ready', changed: false });
    expect(readFileSync(recordFile(machine.packageDir), 'utf8')).toBe(before);
  });

  it('only links in another clone that shares the cache', async () => {
    await install();
    const clone = fakeMachine();
    try {
      // pip is asked for nothing, since the clone has the same pins.
      clone.without('python3');
      clone.without('g++');
      const state = await installNativeTensorflow({
        ...clone.options,
        pins: machine.pins,
        cacheDir: machine.cacheDir,
      });
      expect(state).toMatchObject({ state: 'ready', changed: true });
    } finally {
      clone.remove();
    }
  });

  it('links again after the packages were installed anew', async () => {
    await install();
    rmSync(path.join(machine.packageDir, 'deps'), { recursive: true });
    rmSync(path.join(machine.packageDir, 'lib'), { recursive: true });
    expect(await install()).toMatchObject({ state: 'ready', changed: true });
    expect(machine.calls('pip')).toHaveLength(1);
    expect(machine.calls('compiler')).toHaveLength(1);
  });

  it('fetches again when a library in the cache was cut short', async () => {
    await install();
    truncateSync(path.join(machine.packageDir, 'deps/lib/libtensorflow_cc.so.2'), 3);
    expect(await install()).toMatchObject({ state: 'ready', changed: true });
    expect(linked('lib/libtensorflow_cc.so.2')).toBe('1.2.3 of tensorflow-cpu');
  });

  it('compiles again when the sources of the package have changed', async () => {
    await install();
    writeFileSync(path.join(machine.packageDir, 'binding', 'tfjs_binding.cc'), 'int other;');
    expect(await install()).toMatchObject({ state: 'ready', changed: true });
    expect(machine.calls('compiler')).toHaveLength(2);
    expect(machine.calls('pip')).toHaveLength(1);
  });

  it('compiles again when the addon in a shared cache does not load here', async () => {
    await install();
    const addon = readFileSync(path.join(machine.packageDir, 'lib/napi-v8/tfjs_binding.node'), 'utf8');
    rmSync(path.join(machine.packageDir, 'lib'), { recursive: true });
    machine.behave('package', `refuses ${addon}`);
    expect(await install()).toMatchObject({ state: 'ready', changed: true });
    expect(machine.calls('compiler')).toHaveLength(2);
  });
});

describe('an interrupted installation', () => {
  it.each([
    ['Downloading tensorflow:', 2],
    ['Downloading tensorflow.', 2],
    ['Unpacking tensorflow+', 2],
    ['Unpacking tensorflow.', 1],
    ['Unpacking nvidia+', 1],
    ['Compiling:', 0],
    ['Compiling.', 0],
    ['Checking.', 0],
  ])(
    'killed at "%s" is trusted by nobody, and the next run goes on with %i downloads',
    async (moment, downloads) => {
      const { killedBy } = await installInChild({ device: 'gpu' }, moment);
      expect(killedBy).toBe('SIGKILL');
      expect(() => record()).toThrow('ENOENT');
      const before = machine.calls('pip').length;
      expect(await install({ device: 'gpu' })).toMatchObject({ state: 'ready', device: 'gpu' });
      expect(machine.calls('pip').length - before).toBe(downloads);
      expect(linked('lib/libtensorflow_cc.so.2')).toBe('1.2.3 of tensorflow');
      expect(linked('nvidia/cuda_runtime/lib/libcudart.so.12')).toBe('cudart');
      expect(machine.unfinished()).toEqual([]);
    },
  );

  it('stopped by a signal ends what it has started, records nothing and gives the lock back', async () => {
    machine.behave('pip', 'endless');
    const interruption = new AbortController();
    const outcome = install({ signal: interruption.signal });
    await vi.waitUntil(() => machine.calls('pip').length > 0, { timeout: 20_000 });
    // pip would sleep for a minute: that the outcome comes at all shows that it was ended.
    interruption.abort();
    expect(await outcome).toMatchObject({ state: 'fallback', code: 'NATIVE_INTERRUPTED' });
    expect(() => record()).toThrow('ENOENT');
    machine.behave('pip', '');
    expect(await install()).toMatchObject({ state: 'ready' });
    expect(machine.unfinished()).toEqual([]);
  });
});

describe('two installations at once', () => {
  it('do the work once and both end well', async () => {
    machine.behave('pip', 'slow');
    const both = await Promise.all([installInChild(), installInChild()]);
    expect(both.map(({ state }) => state?.state)).toEqual(['ready', 'ready']);
    expect(machine.calls('pip')).toHaveLength(1);
    expect(machine.calls('compiler')).toHaveLength(1);
    expect(machine.unfinished()).toEqual([]);
  });
});

describe('what is missing or wrong', () => {
  const cases: [string, () => unknown, string, string, string][] = [
    [
      'no Python',
      () => machine.without('python3'),
      'NATIVE_PIP_MISSING',
      'No Python was found, and its pip fetches TensorFlow.',
      'Install it (Debian and Ubuntu: `apt-get install python3-pip`), or name a Python that has pip in MODA_PYTHON.',
    ],
    [
      'a Python without pip',
      () => machine.behave('pip', 'no-pip'),
      'NATIVE_PIP_MISSING',
      'The Python "python3" has no working pip.',
      'Install it (Debian and Ubuntu: `apt-get install python3-pip`), or name a Python that has pip in MODA_PYTHON.',
    ],
    [
      'a wrong MODA_PYTHON',
      () => ({ env: { ...machine.options.env, MODA_PYTHON: 'python9' } }),
      'NATIVE_PIP_MISSING',
      'MODA_PYTHON names "python9", which cannot be run.',
      'Install it (Debian and Ubuntu: `apt-get install python3-pip`), or name a Python that has pip in MODA_PYTHON.',
    ],
    [
      'no compiler',
      () => machine.without('g++'),
      'NATIVE_COMPILER_MISSING',
      'No C++ compiler was found, and the addon between Node and TensorFlow has to be compiled.',
      'Install one (Debian and Ubuntu: `apt-get install g++`), or name it in CXX.',
    ],
    [
      'a compiler that fails',
      () => machine.behave('compiler', 'broken'),
      'NATIVE_COMPILE_FAILED',
      'The compiler g++ could not build the addon: binding/tfjs_binding.cc:1:5: error: expected ;.',
      'Use a compiler with C++17 and its standard library (g++ 8 or newer), or name one in CXX, and run the installation again.',
    ],
    [
      'no Node-API headers',
      () => rmSync(path.join(machine.root, 'node_modules/node-api-headers/package.json')),
      'NATIVE_HEADERS_MISSING',
      'The npm package node-api-headers is not installed.',
      'Run `npm ci` in the repository first.',
    ],
    [
      'no network',
      () => machine.behave('pip', 'network'),
      'NATIVE_NETWORK',
      'The package index could not be reached to download tensorflow-cpu 1.2.3.',
      'Check the network and the proxy, or name a mirror for pip in PIP_INDEX_URL, and run the installation again.',
    ],
    [
      'an index without the wheel',
      () => machine.behave('pip', 'unavailable'),
      'NATIVE_WHEEL_UNAVAILABLE',
      'The package index that pip uses does not offer tensorflow-cpu 1.2.3 for manylinux_2_27_x86_64, or could not be reached.',
      'Check the network and the proxy, or name an index or mirror that has it in PIP_INDEX_URL, and run the installation again.',
    ],
    [
      'another file under the name of the wheel, seen by pip',
      () => machine.behave('pip', 'refuses'),
      'NATIVE_CHECKSUM',
      'The downloaded tensorflow-cpu 1.2.3 is not the pinned file: its checksum differs, and it was not used.',
      'Run the installation again; if it comes back, ask who runs your package index or proxy.',
    ],
    [
      'another file under the name of the wheel, not seen by pip',
      () => machine.behave('pip', 'swapped'),
      'NATIVE_CHECKSUM',
      'The downloaded tensorflow-cpu 1.2.3 is not the pinned file: its checksum differs, and it was not used.',
      'Run the installation again; if it comes back, ask who runs your package index or proxy.',
    ],
    [
      'a pip that cannot do it',
      () => machine.behave('pip', 'ancient'),
      'NATIVE_DOWNLOAD_FAILED',
      'pip could not download tensorflow-cpu 1.2.3: no such option: --platform.',
      'Mend what pip names (a newer pip often helps: `python3 -m pip install --upgrade pip`), and run the installation again.',
    ],
    [
      'a disk that becomes full',
      () => machine.behave('pip', 'full'),
      'NATIVE_DISK_FULL',
      'The disk became full while tensorflow-cpu 1.2.3 was downloaded.',
      'Free some space, or name another folder in MODA_CACHE, and run the installation again.',
    ],
    [
      'an addon that ends its process',
      () => machine.behave('package', 'dies'),
      'NATIVE_LOAD_FAILED',
      'The addon does not load (ended by SIGILL): it said nothing.',
      'Clear LD_LIBRARY_PATH and LD_PRELOAD if they are set; TensorFlow also needs a processor with AVX and a current libstdc++.',
    ],
    [
      'an addon that computes wrongly',
      () => machine.behave('package', 'wrong'),
      'NATIVE_LOAD_FAILED',
      'A product of two matrices came out as 0, 0, 0, 0, not 19, 22, 43, 50.',
      'Clear LD_LIBRARY_PATH and LD_PRELOAD if they are set; TensorFlow also needs a processor with AVX and a current libstdc++.',
    ],
    [
      'an unknown device',
      () => ({ env: { ...machine.options.env, MODA_DEVICE: 'tpu' } }),
      'NATIVE_DEVICE_UNKNOWN',
      'The device "tpu" is not known.',
      'Set MODA_DEVICE (or --device) to cpu, gpu or auto.',
    ],
  ];

  it.each(cases)(
    '%s is said in one sentence, with the remedy, and recorded',
    async (_what, spoil, code, reason, remedy) => {
      const more = (spoil() ?? {}) as InstallOptions;
      const outcome = { state: 'fallback', device: 'cpu', tensorflow: null, code, reason, remedy };
      expect(await install(more)).toEqual({ ...outcome, warnings: [], changed: false });
      expect(record()).toMatchObject({ ...outcome, libraries: null, addonSha256: null });
    },
  );

  it('once mended, the next run makes it ready', async () => {
    machine.behave('pip', 'swapped');
    await install();
    machine.behave('pip', '');
    expect(await install()).toMatchObject({ state: 'ready' });
    expect(record()).not.toHaveProperty('reason');
    expect(machine.unfinished()).toEqual([]);
  });

  it('asks for a compiler before it downloads anything', async () => {
    machine.without('g++');
    await install();
    expect(machine.calls('pip')).toEqual([]);
  });

  it('says how much disk is needed before it downloads anything', async () => {
    const outcome = await install({ freeBytes: async () => 50e6 });
    const place = path.join(machine.cacheDir, 'native-tensorflow', 'libraries');
    expect(outcome).toMatchObject({
      code: 'NATIVE_DISK_FULL',
      reason: `Installing TensorFlow needs 0.1 GB of free disk at ${place}, and there are 0.1 GB.`,
      remedy:
        'Free some space, or name a folder on another disk in MODA_CACHE, and run the installation again.',
    });
    expect(machine.calls('pip')).toEqual([]);
  });

  it('says so where the package is not installed, and has no place for a record', async () => {
    const outcome = await install({ packageDir: path.join(machine.root, 'nowhere') });
    expect(outcome).toMatchObject({
      state: 'fallback',
      code: 'NATIVE_PACKAGE_MISSING',
      remedy: 'Run `npm ci` in the repository first.',
    });
  });

  it('says so where the cache cannot be written', async () => {
    const cacheDir = path.join(machine.root, 'a-file');
    writeFileSync(cacheDir, '');
    expect(await install({ cacheDir })).toMatchObject({
      code: 'NATIVE_CACHE_UNWRITABLE',
      reason: `No folder can be made at ${cacheDir}/native-tensorflow, since a file is in its way.`,
      remedy: 'Name another folder in MODA_CACHE, or remove the file, and run the installation again.',
    });
  });
});

describe('a machine with a GPU', () => {
  beforeEach(() => machine.plugInGpu());

  it('gets TensorFlow for the GPU with its CUDA libraries beside it', async () => {
    machine.behave('package', 'gpu');
    expect(await install()).toMatchObject({ state: 'ready', device: 'gpu', warnings: [] });
    expect(linked('lib/libtensorflow_cc.so.2')).toBe('1.2.3 of tensorflow');
    expect(linked('lib/../nvidia/cuda_runtime/lib/libcudart.so.12')).toBe('cudart');
  });

  it('is told when TensorFlow finds no GPU it can use', async () => {
    expect(await install()).toMatchObject({
      state: 'ready',
      device: 'gpu',
      warnings: [{ code: 'NATIVE_GPU_UNUSED' }],
    });
  });

  it('changes to the CPU and back on request, from the cache', async () => {
    await install();
    expect(await install({ device: 'cpu' })).toMatchObject({ device: 'cpu', changed: true });
    expect(linked('lib/libtensorflow_cc.so.2')).toBe('1.2.3 of tensorflow-cpu');
    expect(() => linked('nvidia/cuda_runtime/lib/libcudart.so.12')).toThrow('ENOENT');
    const downloads = machine.calls('pip').length;
    expect(await install()).toMatchObject({ device: 'gpu', changed: true });
    expect(machine.calls('pip')).toHaveLength(downloads);
  });

  it('gets TensorFlow for the CPU, with a warning, where the one for the GPU cannot be had and nobody insisted', async () => {
    const outcome = await install({ freeBytes: (folder) => Promise.resolve(gpuFits(folder) ? 1e12 : 0) });
    expect(outcome).toMatchObject({
      state: 'ready',
      device: 'cpu',
      warnings: [{ code: 'NATIVE_DISK_FULL' }],
    });
    expect(record()).toMatchObject({
      state: 'ready',
      device: 'cpu',
      warnings: [{ code: 'NATIVE_DISK_FULL' }],
    });
  });

  it('does not get it where somebody insisted', async () => {
    const outcome = await install({ device: 'gpu', freeBytes: async () => 0 });
    expect(outcome).toMatchObject({ state: 'fallback', device: 'gpu', code: 'NATIVE_DISK_FULL' });
  });

  // The first question is for the GPU's libraries, the second for the CPU's.
  let asked = 0;
  function gpuFits(_folder: string): boolean {
    return (asked += 1) > 1;
  }
});
