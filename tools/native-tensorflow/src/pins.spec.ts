import { describe, expect, it } from 'vitest';
import { pins } from './pins.mjs';
import { planInstallation, runningGlibc } from './plan.mjs';

const sets = Object.entries(pins).flatMap(([arch, { cpu, gpu }]) => [
  { name: `${arch} cpu`, set: cpu },
  ...(gpu ? [{ name: `${arch} gpu`, set: gpu }] : []),
]);

describe.each(sets)('the pinned wheels for $name', ({ set }) => {
  it('are fixed by version and sha256', () => {
    for (const wheel of set.wheels) {
      expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(wheel.version).toMatch(/^\d+(\.\d+)+$/);
      expect(wheel.sizeBytes).toBeGreaterThan(100_000);
      expect(wheel.unpackedBytes).toBeGreaterThan(100_000);
    }
    expect(new Set(set.wheels.map(({ sha256 }) => sha256)).size).toBe(set.wheels.length);
  });

  it('each fill a folder of their own and take nothing from outside it', () => {
    expect(new Set(set.wheels.map(({ part }) => part)).size).toBe(set.wheels.length);
    for (const wheel of set.wheels) {
      expect(wheel.take.filter((prefix) => !prefix.startsWith(`${wheel.part}/`))).toEqual([]);
      const notTaken = wheel.require.filter((name) => !wheel.take.some((prefix) => name.startsWith(prefix)));
      expect(notTaken).toEqual([]);
      expect(wheel.require.length).toBeGreaterThan(0);
    }
  });
});

describe('what is installed where', () => {
  const here = { pins, device: 'cpu' as const, platform: 'linux' as const, arch: 'x64', glibc: '2.36' };

  it('has one place per device, architecture and set of wheels', () => {
    const keys = [
      planInstallation(here),
      planInstallation({ ...here, device: 'gpu' }),
      planInstallation({ ...here, arch: 'arm64' }),
      planInstallation({ ...here, pins: { ...pins, x64: { cpu: { tensorflow: '2.21.0', wheels: [] } } } }),
    ].map(({ librariesKey }) => librariesKey);
    expect(keys[0]).toMatch(/^cpu-2\.21\.0-x64-[0-9a-f]{12}$/);
    expect(new Set(keys).size).toBe(keys.length);
    expect(planInstallation(here).librariesKey).toBe(keys[0]);
  });

  it.each([
    [
      { platform: 'darwin' as const },
      'NATIVE_PLATFORM_UNSUPPORTED',
      'There is no native TensorFlow for darwin, only for Linux.',
    ],
    [
      { arch: 's390x' },
      'NATIVE_PLATFORM_UNSUPPORTED',
      'There is no native TensorFlow for the architecture s390x, only for x64 and arm64.',
    ],
    [
      { glibc: null },
      'NATIVE_PLATFORM_UNSUPPORTED',
      'Native TensorFlow needs glibc 2.27 or newer, and this system has another C library.',
    ],
    [
      { glibc: '2.17' },
      'NATIVE_PLATFORM_UNSUPPORTED',
      'Native TensorFlow needs glibc 2.27 or newer, and this system has 2.17.',
    ],
    [
      { arch: 'arm64', device: 'gpu' as const },
      'NATIVE_GPU_UNSUPPORTED',
      'There is no TensorFlow for a GPU on the architecture arm64.',
    ],
  ])('says so where there is nothing for %o', (difference, code, message) => {
    expect(() => planInstallation({ ...here, ...difference })).toThrow(
      expect.objectContaining({ code, message }),
    );
  });

  it.runIf(process.platform === 'linux')('knows the C library of this process', () => {
    const glibc = runningGlibc();
    expect(glibc === null || /^\d+\.\d+$/.test(glibc)).toBe(true);
  });
});
