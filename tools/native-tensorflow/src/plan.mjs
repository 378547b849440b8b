import { createHash } from 'node:crypto';
import { NativeFailure } from './native-failure.mjs';

/** @typedef {import('./index.d.mts').Device} Device */
/** @typedef {import('./index.d.mts').Pins} Pins */
/** @typedef {import('./index.d.mts').PinnedSet} PinnedSet */

/** Raised when the layout of the libraries or the way the addon is built changes, so that older results are not reused. */
const RECIPE = 1;

const OLDEST_GLIBC = '2.27';

/**
 * What is to be installed on this machine. `librariesKey` names the folder of the libraries in the cache.
 * @param {{ pins: Pins, device: Device, platform: NodeJS.Platform, arch: string, glibc: string | null }} options
 * @returns {{ set: PinnedSet, device: Device, librariesKey: string, recipe: number }}
 * @throws {NativeFailure} NATIVE_PLATFORM_UNSUPPORTED, NATIVE_GPU_UNSUPPORTED
 */
export function planInstallation({ pins, device, platform, arch, glibc }) {
  const useFallback = 'Nothing needs to be done: MODA then runs, more slowly, on TensorFlow.js with WASM.';
  if (platform !== 'linux') {
    throw new NativeFailure(
      'NATIVE_PLATFORM_UNSUPPORTED',
      `There is no native TensorFlow for ${platform}, only for Linux.`,
      `Use Linux, WSL 2 or a Linux container for full speed. ${useFallback}`,
    );
  }
  if (glibc === null || isOlder(glibc, OLDEST_GLIBC)) {
    throw new NativeFailure(
      'NATIVE_PLATFORM_UNSUPPORTED',
      `Native TensorFlow needs glibc ${OLDEST_GLIBC} or newer, and this system has ${glibc ?? 'another C library'}.`,
      `Use a Linux with glibc, such as Debian or Ubuntu, for full speed. ${useFallback}`,
    );
  }
  const sets = pins[arch];
  if (sets === undefined) {
    throw new NativeFailure(
      'NATIVE_PLATFORM_UNSUPPORTED',
      `There is no native TensorFlow for the architecture ${arch}, only for ${Object.keys(pins).join(' and ')}.`,
      useFallback,
    );
  }
  const set = device === 'gpu' ? sets.gpu : sets.cpu;
  if (set === undefined) {
    throw new NativeFailure(
      'NATIVE_GPU_UNSUPPORTED',
      `There is no TensorFlow for a GPU on the architecture ${arch}.`,
      'Set MODA_DEVICE=cpu.',
    );
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([RECIPE, set.wheels]))
    .digest('hex')
    .slice(0, 12);
  return {
    set,
    device,
    librariesKey: `${device}-${set.tensorflow}-${arch}-${digest}`,
    recipe: RECIPE,
  };
}

/**
 * @param {string} version
 * @param {string} limit
 */
function isOlder(version, limit) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [limitMajor = 0, limitMinor = 0] = limit.split('.').map(Number);
  return major < limitMajor || (major === limitMajor && minor < limitMinor);
}

/**
 * Version of the C library, `null` where it is not glibc (or not Linux).
 * @returns {string | null}
 */
export function runningGlibc() {
  if (process.platform !== 'linux') return null;
  const report = /** @type {{ excludeNetwork?: boolean, getReport(): object }} */ (process.report);
  const before = report.excludeNetwork;
  // Without this the report looks up the name of every network interface, which can take seconds.
  report.excludeNetwork = true;
  const { header } = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (report.getReport());
  report.excludeNetwork = before ?? false;
  return header?.glibcVersionRuntime ?? null;
}
