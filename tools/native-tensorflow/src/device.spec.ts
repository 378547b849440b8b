import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDevice, findNvidiaDriver } from './device.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'moda-driver-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, content = ''): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

describe('choosing the device', () => {
  it.each([
    [undefined, undefined, false, { device: 'cpu', chosen: false }],
    [undefined, undefined, true, { device: 'gpu', chosen: false }],
    [undefined, '', true, { device: 'gpu', chosen: false }],
    [undefined, 'auto', true, { device: 'gpu', chosen: false }],
    [undefined, 'cpu', true, { device: 'cpu', chosen: true }],
    [undefined, 'gpu', false, { device: 'gpu', chosen: true }],
    ['cpu' as const, 'gpu', true, { device: 'cpu', chosen: true }],
    ['auto' as const, 'gpu', false, { device: 'cpu', chosen: false }],
  ])('asked for %s, MODA_DEVICE=%s, driver present: %s', (wish, said, driverPresent, expected) => {
    expect(chooseDevice({ wish, env: { MODA_DEVICE: said }, driverPresent })).toEqual(expected);
  });

  it('refuses a device that it does not know', () => {
    expect(() =>
      chooseDevice({ wish: undefined, env: { MODA_DEVICE: 'tpu' }, driverPresent: false }),
    ).toThrow(
      expect.objectContaining({ code: 'NATIVE_DEVICE_UNKNOWN', message: 'The device "tpu" is not known.' }),
    );
  });
});

describe('looking for an NVIDIA driver', () => {
  it('finds none on a machine without', () => {
    expect(findNvidiaDriver(root, {})).toEqual({ present: false, version: null, libcuda: null });
  });

  it.each([
    [
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n',
      '550.54.15',
    ],
    ['NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\n', '570.86.15'],
    ['something new\n', null],
  ])('reads its version from %j', (text, version) => {
    put('proc/driver/nvidia/version', text);
    expect(findNvidiaDriver(root, {})).toMatchObject({ present: true, version });
  });

  it('takes the device file as a sign, and finds the user-space library', () => {
    put('dev/nvidiactl');
    put('usr/lib64/libcuda.so.1');
    expect(findNvidiaDriver(root, {})).toEqual({
      present: true,
      version: null,
      libcuda: path.join(root, 'usr/lib64/libcuda.so.1'),
    });
  });

  it('does not take a library alone as a sign, as images for GPUs carry it everywhere', () => {
    put('usr/lib64/libcuda.so.1');
    expect(findNvidiaDriver(root, {}).present).toBe(false);
  });

  it('knows the driver that Windows lends to WSL', () => {
    put('dev/dxg');
    expect(findNvidiaDriver(root, {}).present).toBe(false);
    put('usr/lib/wsl/lib/libcuda.so.1');
    expect(findNvidiaDriver(root, {}).present).toBe(true);
  });

  it('looks where LD_LIBRARY_PATH points first', () => {
    put('own/libcuda.so.1');
    put('usr/lib64/libcuda.so.1');
    const found = findNvidiaDriver(root, { LD_LIBRARY_PATH: `:${path.join(root, 'own')}` });
    expect(found.libcuda).toBe(path.join(root, 'own/libcuda.so.1'));
  });
});
