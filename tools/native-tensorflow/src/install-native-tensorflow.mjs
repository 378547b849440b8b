import path from 'node:path';
import { mkdir } from 'node:fs/promises';
import { compileAddon, describeAddon, findCompiler, readAddon } from './addon.mjs';
import { checkInstallation } from './check-installation.mjs';
import { chooseDevice, findNvidiaDriver } from './device.mjs';
import { discard, sweepLeftovers } from './durable-files.mjs';
import { findPip } from './find-pip.mjs';
import { takeInstallLock } from './install-lock.mjs';
import { layOutLibraries, readLayout } from './libraries.mjs';
import { linkPackage } from './link-package.mjs';
import { asNativeFailure } from './native-failure.mjs';
import { clearRecord, recordFile, writeRecord } from './native-record.mjs';
import { pins as pinnedWheels } from './pins.mjs';
import { cacheFolder, findNodeApiHeaders, findPackage } from './places.mjs';
import { planInstallation, runningGlibc } from './plan.mjs';
import { silentProgress } from './progress.mjs';
import { verifyPackage } from './verify-package.mjs';

/** @typedef {import('./index.d.mts').Device} Device */
/** @typedef {import('./index.d.mts').InstallOptions} InstallOptions */
/** @typedef {import('./native-failure.mjs').NativeFailure} NativeFailure */
/** @typedef {import('./index.d.mts').NativeProblem} NativeProblem */
/** @typedef {import('./index.d.mts').NativeState} NativeState */

/**
 * Puts native TensorFlow under `@tensorflow/tfjs-node-gpu`, and records the outcome for the runtime. Never rejects.
 * @param {InstallOptions} [options]
 * @returns {Promise<NativeState>}
 */
export async function installNativeTensorflow(options = {}) {
  const { env = process.env, progress = silentProgress, systemRoot = '/' } = options;
  /** @type {Device} */
  let wanted = 'cpu';
  try {
    const driver = findNvidiaDriver(systemRoot, env);
    const choice = chooseDevice({ wish: options.device, env, driverPresent: driver.present });
    wanted = choice.device;
    try {
      return await installFor(wanted, [], options);
    } catch (error) {
      const failure = asNativeFailure(error);
      const helpsNothing = failure.code === 'NATIVE_INTERRUPTED' || failure.code === 'NATIVE_PACKAGE_MISSING';
      if (wanted === 'cpu' || choice.chosen || helpsNothing) throw failure;
      // Nobody asked for the GPU in particular: native TensorFlow on the CPU is far better than none.
      progress.note(`${failure.message} ${failure.remedy} TensorFlow for the CPU is installed instead.`);
      return await installFor('cpu', [failure.toProblem()], options);
    }
  } catch (error) {
    const failure = asNativeFailure(error);
    if (failure.code !== 'NATIVE_INTERRUPTED') await recordFallback(failure, wanted, options);
    const { code, reason, remedy } = failure.toProblem();
    return {
      state: 'fallback',
      device: wanted,
      tensorflow: null,
      code,
      reason,
      remedy,
      warnings: [],
      changed: false,
    };
  }
}

/**
 * @param {Device} device
 * @param {readonly NativeProblem[]} earlier what made this device the one to install for
 * @param {InstallOptions} options
 * @returns {Promise<NativeState>}
 * @throws {NativeFailure}
 */
async function installFor(device, earlier, options) {
  const {
    env = process.env,
    pins = pinnedWheels,
    platform = process.platform,
    arch = process.arch,
    progress = silentProgress,
    freeBytes,
    signal,
  } = options;
  const { folder: packageFolder } = findPackage(options.packageDir);
  const glibc = options.glibc === undefined ? runningGlibc() : options.glibc;
  const plan = planInstallation({ pins, device, platform, arch, glibc });
  const addon = describeAddon(packageFolder, plan.librariesKey, plan.recipe);
  const key = `${plan.librariesKey}/${addon.key}`;
  const installed = await checkInstallation({ packageFolder, addonPlace: addon.place, key });
  if (installed.failure === null && installed.record !== null) {
    const { tensorflow, warnings } = installed.record;
    return { state: 'ready', device, tensorflow, warnings, changed: false };
  }

  const cache = cacheFolder(env, options.cacheDir);
  const libraries = path.join(cache, 'libraries', plan.librariesKey);
  const addonFolder = path.join(cache, 'addons', addon.key);
  const tools = await findTools({ libraries, addonFolder, packageFolder, env, signal });

  await mkdir(cache, { recursive: true });
  const release = await takeInstallLock(path.join(cache, 'install.lock'), {
    onWait: (pid) => progress.note(`Waiting for the installation that process ${pid ?? '?'} is at.`),
    signal,
  });
  try {
    if ((await readLayout(libraries)) === null) {
      const python = tools.python ?? (await findPip(env, signal));
      await layOutLibraries({ folder: libraries, set: plan.set, python, env, progress, freeBytes, signal });
    }
    await sweepLeftovers([
      path.dirname(libraries),
      path.dirname(addonFolder),
      path.join(packageFolder, 'deps'),
      path.dirname(addon.place),
      path.dirname(recordFile(packageFolder)),
    ]);

    const build = async () => {
      const compiler = tools.compiler ?? (await findCompiler(env, signal));
      const headers = findNodeApiHeaders(packageFolder);
      const step = progress.step('Compiling the addon');
      await compileAddon({ ...addon, folder: addonFolder, headers, libraries, compiler, env, signal });
      step.end();
    };
    const link = async () => {
      const compiled = await readAddon(addonFolder);
      if (compiled === null) throw new Error(`the compiled addon at ${addonFolder} vanished`);
      await linkPackage({
        packageFolder,
        libraries,
        addonPlace: addon.place,
        addonBytes: compiled.bytes,
        gpu: device === 'gpu',
      });
      const step = progress.step('Checking that it computes');
      const found = await verifyPackage({ packageFolder, tensorflow: plan.set.tensorflow, env, signal });
      step.end(`TensorFlow ${plan.set.tensorflow}`);
      return { ...found, sha256: compiled.sha256 };
    };

    const cached = (await readAddon(addonFolder)) !== null;
    if (!cached) await build();
    // From here until it is recorded again the package is not to be trusted.
    await clearRecord(packageFolder);
    const found = await link().catch(async (error) => {
      // An addon from a shared cache may have been compiled on a newer system than this one.
      if (!cached || asNativeFailure(error).code !== 'NATIVE_LOAD_FAILED') throw error;
      await discard(addonFolder);
      await build();
      return await link();
    });

    const warnings = device === 'gpu' && !found.gpuInUse ? [...earlier, gpuUnused()] : [...earlier];
    await writeRecord(packageFolder, {
      state: 'ready',
      device,
      tensorflow: plan.set.tensorflow,
      warnings,
      key,
      libraries,
      addonSha256: found.sha256,
    });
    return { state: 'ready', device, tensorflow: plan.set.tensorflow, warnings, changed: true };
  } finally {
    await release();
  }
}

/**
 * Asks for pip, compiler and headers before anything is downloaded, as far as they will be needed.
 * @param {{ libraries: string, addonFolder: string, packageFolder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 */
async function findTools({ libraries, addonFolder, packageFolder, env, signal }) {
  const needsCompiler = (await readAddon(addonFolder)) === null;
  const needsPip = (await readLayout(libraries)) === null;
  if (needsCompiler) findNodeApiHeaders(packageFolder);
  return {
    compiler: needsCompiler ? await findCompiler(env, signal) : null,
    python: needsPip ? await findPip(env, signal) : null,
  };
}

/**
 * @param {NativeFailure} failure
 * @param {Device} device
 * @param {InstallOptions} options
 */
async function recordFallback(failure, device, options) {
  try {
    const { folder } = findPackage(options.packageDir);
    const { code, reason, remedy } = failure.toProblem();
    const nothing = { tensorflow: null, warnings: [], key: '', libraries: null, addonSha256: null };
    await writeRecord(folder, { state: 'fallback', device, code, reason, remedy, ...nothing });
  } catch {
    // Without a package or the right to write there is no place for a record, and the outcome says so anyway.
  }
}

/** @returns {NativeProblem} */
function gpuUnused() {
  return {
    code: 'NATIVE_GPU_UNUSED',
    reason:
      'TensorFlow for the GPU is installed, yet it found no GPU that it can use, and computes on the CPU.',
    remedy:
      'Check that `nvidia-smi` lists the GPU and that the driver is 525 or newer, then run `npx moda doctor`.',
  };
}
