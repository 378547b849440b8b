import { describeAddon } from './addon.mjs';
import { checkInstallation } from './check-installation.mjs';
import { chooseDevice, findNvidiaDriver } from './device.mjs';
import { freeBytesOf, readLayout } from './libraries.mjs';
import { asNativeFailure } from './native-failure.mjs';
import { readRecord } from './native-record.mjs';
import { pins as pinnedWheels } from './pins.mjs';
import { cacheFolder, findPackage } from './places.mjs';
import { planInstallation, runningGlibc } from './plan.mjs';

/** @typedef {import('./index.d.mts').NativeInspection} NativeInspection */
/** @typedef {import('./index.d.mts').NativeOptions} NativeOptions */
/** @typedef {import('./index.d.mts').NativeProblem} NativeProblem */

/**
 * Says how things stand, without changing or loading anything.
 * @param {NativeOptions} [options]
 * @returns {Promise<NativeInspection>}
 */
export async function inspectNativeTensorflow(options = {}) {
  const { env = process.env, systemRoot = '/' } = options;
  const driver = findNvidiaDriver(systemRoot, env);
  const cachePath = cacheFolder(env, options.cacheDir);
  /** @type {NativeProblem[]} */
  const problems = [];
  const choice = attempt(
    () => chooseDevice({ wish: options.device, env, driverPresent: driver.present }),
    problems,
  );
  const wantedDevice = choice?.device ?? 'cpu';
  const found = attempt(() => findPackage(options.packageDir), problems);
  const record = found ? readRecord(found.folder) : null;
  if (found) {
    const failure = await stateOf(found.folder, wantedDevice, options).catch((error) =>
      asNativeFailure(error),
    );
    if (failure) problems.push(failure.toProblem());
  }
  const ready = found !== null && problems.length === 0;
  const layout = record?.libraries ? await readLayout(record.libraries) : null;
  if (driver.present && driver.libcuda === null && wantedDevice === 'gpu') {
    problems.push({
      code: 'NATIVE_DRIVER_INCOMPLETE',
      reason: 'The NVIDIA kernel driver is loaded, but libcuda.so.1 was not found in the usual folders.',
      remedy: 'Install the user-space part of the driver; in a container, start it with `--gpus all`.',
    });
  }
  problems.push(...(record?.warnings ?? []));
  const cuda = (layout?.wheels ?? []).filter(({ name }) => name.startsWith('nvidia-'));
  return {
    state: ready ? 'ready' : record === null ? 'absent' : 'fallback',
    device: record?.state === 'ready' ? record.device : null,
    wantedDevice,
    tensorflow: ready ? (record?.tensorflow ?? null) : null,
    packageVersion: found?.version ?? null,
    packageDir: found?.folder ?? null,
    driver,
    cuda: Object.fromEntries(cuda.map(({ name, version }) => [name, version])),
    libraries:
      layout && record?.libraries
        ? {
            path: record.libraries,
            sizeBytes: layout.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          }
        : null,
    cache: { path: cachePath, freeBytes: await freeBytesOf(cachePath) },
    record,
    problems,
    command: 'npm run setup',
  };
}

/**
 * What is wrong with the installation for a device, `null` where nothing is.
 * @param {string} packageFolder
 * @param {import('./index.d.mts').Device} device
 * @param {NativeOptions} options
 */
async function stateOf(packageFolder, device, options) {
  const { pins = pinnedWheels, platform = process.platform, arch = process.arch } = options;
  const glibc = options.glibc === undefined ? runningGlibc() : options.glibc;
  const check = async (/** @type {import('./index.d.mts').Device} */ which) => {
    const plan = planInstallation({ pins, device: which, platform, arch, glibc });
    const addon = describeAddon(packageFolder, plan.librariesKey, plan.recipe);
    const key = `${plan.librariesKey}/${addon.key}`;
    return (await checkInstallation({ packageFolder, addonPlace: addon.place, key })).failure;
  };
  // An installation that had to leave the GPU aside stands as it is; its record warns of that.
  const record = readRecord(packageFolder);
  const settled = record?.state === 'ready' && record.device === 'cpu' && record.warnings.length > 0;
  return await check(settled ? 'cpu' : device);
}

/**
 * @template T
 * @param {() => T} look
 * @param {NativeProblem[]} problems
 * @returns {T | null}
 */
function attempt(look, problems) {
  try {
    return look();
  } catch (error) {
    problems.push(asNativeFailure(error).toProblem());
    return null;
  }
}
