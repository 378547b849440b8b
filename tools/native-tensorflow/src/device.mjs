import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NativeFailure } from './native-failure.mjs';

/** @typedef {import('./index.d.mts').Device} Device */
/** @typedef {import('./index.d.mts').DeviceWish} DeviceWish */

const LIBCUDA_FOLDERS = [
  'usr/lib/x86_64-linux-gnu',
  'usr/lib/aarch64-linux-gnu',
  'usr/lib64',
  'usr/lib',
  'usr/local/nvidia/lib64',
  'usr/local/cuda/compat',
  'usr/lib/wsl/lib',
];

/**
 * What there is of an NVIDIA driver. The kernel's part decides: a libcuda alone also lies in images that run without a GPU.
 * @param {string} root root of the file system
 * @param {NodeJS.ProcessEnv} env
 */
export function findNvidiaDriver(root, env) {
  const at = (/** @type {string} */ file) => path.join(root, file);
  const ownFolders = (env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const libcuda =
    [...ownFolders, ...LIBCUDA_FOLDERS.map(at)]
      .map((folder) => path.join(folder, 'libcuda.so.1'))
      .find((file) => existsSync(file)) ?? null;
  const versionFile = at('proc/driver/nvidia/version');
  const hasVersion = existsSync(versionFile);
  // Under WSL the device has another name, and the driver belongs to Windows.
  const present =
    hasVersion || existsSync(at('dev/nvidiactl')) || (existsSync(at('dev/dxg')) && libcuda !== null);
  const version = hasVersion
    ? (/Kernel Module.*?\s(\d+(?:\.\d+)+)\s/.exec(readFileSync(versionFile, 'utf8'))?.[1] ?? null)
    : null;
  return { present, version, libcuda };
}

/**
 * The device to install for: what is asked for, else what `MODA_DEVICE` says, else the GPU where there is a driver.
 * `chosen` is false where it was found out and not asked for.
 * @param {{ wish: DeviceWish | undefined, env: NodeJS.ProcessEnv, driverPresent: boolean }} options
 * @returns {{ device: Device, chosen: boolean }}
 * @throws {NativeFailure} NATIVE_DEVICE_UNKNOWN
 */
export function chooseDevice({ wish, env, driverPresent }) {
  const said = wish ?? (env['MODA_DEVICE'] || 'auto');
  if (said === 'cpu' || said === 'gpu') return { device: said, chosen: true };
  if (said === 'auto') return { device: driverPresent ? 'gpu' : 'cpu', chosen: false };
  throw new NativeFailure(
    'NATIVE_DEVICE_UNKNOWN',
    `The device "${said}" is not known.`,
    'Set MODA_DEVICE (or --device) to cpu, gpu or auto.',
  );
}
