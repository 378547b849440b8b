import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../surroundings.js';
import { backendOn, moda, nativeDevice, readyInspection } from '../testing/fake-surroundings.js';

const machine: Surroundings['machine'] = {
  nodeVersion: '24.1.0',
  folder: '.',
  registry: { keys: {}, ci: false },
  gateway: { configFolder: '.', readSecret: async () => undefined, interactive: false },
  home: '.moda',
  preferred: {},
  ask: async (program) =>
    program === 'python3' ? 'pip 26.0 from somewhere\n' : program === 'g++' ? 'g++ 14.2\nmore\n' : undefined,
  freeBytes: async () => 100 * 2 ** 30,
  inspectNative: async () => readyInspection,
};

const notInstalled = {
  code: 'NATIVE_NOT_INSTALLED',
  reason: 'Native TensorFlow was never installed here.',
  remedy: 'Run npm run setup.',
} as const;

describe('moda doctor', () => {
  it('ends with 0 where everything runs natively', async () => {
    const { code, out } = await moda(['doctor'], { surroundings: { machine } });
    expect(code).toBe(0);
    expect(out).toContain('CPU, Test CPU, 2 threads');
    expect(out).toContain('native TensorFlow 2.21.0');
    expect(out).toContain('All is well');
  });

  it('reports versions, disk and tools as data', async () => {
    const { out } = await moda(['doctor', '--json'], { surroundings: { machine } });
    expect(JSON.parse(out)).toMatchObject({
      healthy: true,
      device: nativeDevice,
      tensorflow: {
        state: 'ready',
        version: '2.21.0',
        device: 'cpu',
        wantedDevice: 'cpu',
        package: '4.22.0',
      },
      cuda: {},
      driver: { present: false },
      node: { version: '24.1.0', supported: true },
      disk: { folder: '.', freeBytes: 100 * 2 ** 30 },
      pip: 'pip 26.0 from somewhere',
      compiler: 'g++ 14.2',
      problems: [],
      command: null,
    });
  });

  it('ends with 1 and the mending command where the installation is missing', async () => {
    const inspectNative = async () =>
      ({ ...readyInspection, state: 'absent', tensorflow: null, problems: [notInstalled] }) as const;
    const device = {
      ...nativeDevice,
      implementation: 'portable',
      tfjsBackend: 'wasm',
      fallbackReason: 'It does not load.',
    } as const;
    const fakes = {
      surroundings: { machine: { ...machine, inspectNative }, openBackend: async () => backendOn(device) },
    };
    const { code, out } = await moda(['doctor'], fakes);
    expect(code).toBe(1);
    expect(out).toContain('✗ Native TensorFlow was never installed here. [NATIVE_NOT_INSTALLED]');
    expect(out).toContain('To install again: npm run setup');
    const { out: json } = await moda(['doctor', '--json'], fakes);
    expect(JSON.parse(json)).toMatchObject({ healthy: false, problems: [notInstalled] });
  });

  it('ends with 1 where the installation is whole and yet something else runs', async () => {
    const device = { ...nativeDevice, implementation: 'portable', tfjsBackend: 'wasm' } as const;
    const { code, out } = await moda(['doctor'], {
      surroundings: { machine, openBackend: async () => backendOn(device) },
    });
    expect(code).toBe(1);
    expect(out).toContain('as MODA_BACKEND asks');
    expect(out).toContain('\n  Unset MODA_BACKEND.');
  });

  it('survives a backend that does not open', async () => {
    const openBackend = () => Promise.reject(new Error('no such library'));
    const { code, out } = await moda(['doctor', '--json'], { surroundings: { machine, openBackend } });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ device: null, problems: [{ reason: 'no such library' }] });
  });

  it.each([
    ['20.18.9', false],
    ['20.19.0', true],
    ['22.0.0', true],
    ['9.99.0', false],
  ])('knows whether Node %s is new enough', async (nodeVersion, supported) => {
    const { code, out } = await moda(['doctor', '--json'], {
      surroundings: { machine: { ...machine, nodeVersion } },
    });
    expect(JSON.parse(out)).toMatchObject({ node: { version: nodeVersion, supported } });
    expect(code).toBe(supported ? 0 : 1);
  });

  it('mentions a disk that is nearly full', async () => {
    const { code, out } = await moda(['doctor'], {
      surroundings: { machine: { ...machine, freeBytes: async () => 2 ** 30 } },
    });
    expect(code).toBe(1);
    expect(out).toContain('Only 1.0 GiB are free');
  });

  it('asks the compiler and the Python that the user prefers', async () => {
    const asked: string[] = [];
    const ask = async (program: string): Promise<undefined> => void asked.push(program);
    const preferred = { compiler: 'clang++-19', python: 'python3.13' };
    const { out } = await moda(['doctor', '--json'], {
      surroundings: { machine: { ...machine, ask, preferred } },
    });
    expect(asked.sort()).toEqual(['clang++-19', 'python3.13']);
    expect(JSON.parse(out)).toMatchObject({ pip: null, compiler: null });
  });
});
