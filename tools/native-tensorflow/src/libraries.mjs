import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { discard, leftovers, owned, syncFolder, writeWhole } from './durable-files.mjs';
import { downloadWheel } from './download-wheel.mjs';
import { NativeFailure } from './native-failure.mjs';
import { readZipDirectory, unpackZipEntry } from './zip-archive.mjs';

/** @typedef {import('./index.d.mts').PinnedSet} PinnedSet */
/** @typedef {import('./index.d.mts').PinnedWheel} PinnedWheel */
/** @typedef {import('./index.d.mts').Progress} Progress */
/** @typedef {{ path: string, sizeBytes: number }} LayoutFile */

const MANIFEST = 'manifest.json';
const PART_MANIFEST = '.files.json';
// For pip's own files, the addon and the file system's bookkeeping.
const SPARE_BYTES = 64e6;

/**
 * The native libraries laid out as in a site-packages folder, so that their run paths hold:
 * `tensorflow/*.so.2`, `tensorflow/include/`, and for a GPU `nvidia/<part>/lib/`.
 *
 * Each wheel becomes one part, and each part gets its name by one rename when it is complete and on the disk; so does the
 * whole. An interrupted run thus leaves complete parts, which the next one takes over, and refuse, which it removes.
 * @param {{ folder: string, set: PinnedSet, python: string, env: NodeJS.ProcessEnv, progress: Progress,
 *   freeBytes?: (folder: string) => Promise<number>, signal?: AbortSignal }} options
 * @throws {NativeFailure}
 */
export async function layOutLibraries({
  folder,
  set,
  python,
  env,
  progress,
  freeBytes = freeBytesOf,
  signal,
}) {
  await discard(folder);
  await mkdir(path.dirname(folder), { recursive: true });
  const work = owned(folder, 'partial');
  await adoptOrCreate(folder, work);
  /** @type {PinnedWheel[]} */
  const missing = [];
  for (const wheel of set.wheels) {
    const part = path.join(work, wheel.part);
    if ((await readPart(part)) !== null) continue;
    await rm(part, { recursive: true, force: true });
    missing.push(wheel);
  }
  await requireSpace(missing, path.dirname(folder), freeBytes);
  for (const wheel of missing) await layOutPart(wheel, { work, python, env, progress, signal });
  /** @type {LayoutFile[]} */
  const files = [];
  for (const { part } of set.wheels) {
    const inside = (await readPart(path.join(work, part))) ?? [];
    files.push(...inside.map((file) => ({ ...file, path: path.join(part, file.path) })));
  }
  const wheels = set.wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
  await writeWhole(
    path.join(work, MANIFEST),
    `${JSON.stringify({ tensorflow: set.tensorflow, wheels, files }, null, 1)}\n`,
  );
  signal?.throwIfAborted();
  await rename(work, folder);
  await syncFolder(path.dirname(folder));
}

/**
 * The manifest of a complete layout, `null` where there is none or a file of it is missing or has another size.
 * @param {string} folder
 * @returns {Promise<{ tensorflow: string, wheels: { name: string, version: string }[], files: LayoutFile[] } | null>}
 */
export async function readLayout(folder) {
  try {
    const manifest = JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8'));
    return (await allThere(folder, manifest.files)) ? manifest : null;
  } catch {
    return null;
  }
}

/**
 * Free bytes of the file system that holds a folder, or will hold it.
 * @param {string} folder
 */
export async function freeBytesOf(folder) {
  let at = folder;
  while (!existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  const { bavail, bsize } = await statfs(at);
  return bavail * bsize;
}

/**
 * @param {PinnedWheel} wheel
 * @param {{ work: string, python: string, env: NodeJS.ProcessEnv, progress: Progress, signal?: AbortSignal }} options
 */
async function layOutPart(wheel, { work, python, env, progress, signal }) {
  const staging = path.join(work, '.staging');
  await discard(staging);
  const tree = path.join(staging, 'tree');
  await mkdir(tree, { recursive: true });
  const file = await downloadWheel(wheel, {
    python,
    folder: path.join(staging, 'download'),
    env,
    progress,
    signal,
  });
  const entries = (await readZipDirectory(file)).filter(
    ({ name }) => !name.endsWith('/') && wheel.take.some((prefix) => name.startsWith(prefix)),
  );
  for (const name of wheel.require) {
    if (!entries.some((entry) => entry.name === name)) {
      throw new NativeFailure(
        'NATIVE_WHEEL_CORRUPT',
        `The wheel ${path.basename(file)} does not contain ${name}.`,
        'Run the installation again; if it comes back, report it.',
      );
    }
  }
  const step = progress.step(
    `Unpacking ${wheel.name}`,
    entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
  let unpacked = 0;
  for (const entry of entries) {
    await unpackZipEntry(file, entry, path.join(tree, entry.name), {
      onBytes: (count) => step.set((unpacked += count)),
      signal,
    });
  }
  const part = path.join(tree, wheel.part);
  const list = entries.map(({ name, sizeBytes }) => ({ path: path.relative(wheel.part, name), sizeBytes }));
  await writeFile(path.join(part, PART_MANIFEST), JSON.stringify(list), { flush: true });
  for (const folder of new Set(list.map((each) => path.join(part, path.dirname(each.path)))))
    await syncFolder(folder);
  await mkdir(path.dirname(path.join(work, wheel.part)), { recursive: true });
  await rename(part, path.join(work, wheel.part));
  await syncFolder(path.dirname(path.join(work, wheel.part)));
  await discard(staging);
  step.end();
}

/**
 * Goes on with what a dead process has left of the same layout, else begins anew.
 * @param {string} folder
 * @param {string} work
 */
async function adoptOrCreate(folder, work) {
  const prefix = `${path.basename(folder)}.partial-`;
  const left = (await leftovers(path.dirname(folder))).filter((each) =>
    path.basename(each).startsWith(prefix),
  );
  for (const each of left) {
    if (!existsSync(work)) await rename(each, work);
    else await rm(each, { recursive: true, force: true });
  }
  await mkdir(work, { recursive: true });
  // A part in the middle of being laid out is of no use, nor is refuse of its removal.
  for (const name of await readdir(work)) {
    if (name.startsWith('.staging') || name.startsWith(MANIFEST)) {
      await rm(path.join(work, name), { recursive: true, force: true });
    }
  }
}

/**
 * The files of a complete part, `null` where it is missing or damaged.
 * @param {string} part
 * @returns {Promise<LayoutFile[] | null>}
 */
async function readPart(part) {
  try {
    const files = /** @type {LayoutFile[]} */ (
      JSON.parse(await readFile(path.join(part, PART_MANIFEST), 'utf8'))
    );
    return (await allThere(part, files)) ? files : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} folder
 * @param {readonly LayoutFile[]} files
 */
async function allThere(folder, files) {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(path.join(folder, file.path)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  return files.length > 0 && files.every((file, index) => sizes[index] === file.sizeBytes);
}

/**
 * @param {readonly PinnedWheel[]} wheels
 * @param {string} folder
 * @param {(folder: string) => Promise<number>} freeBytes
 */
async function requireSpace(wheels, folder, freeBytes) {
  if (wheels.length === 0) return;
  // A wheel is there twice for a moment, in pip's temporary folder and at its target, and is removed once unpacked.
  const largest = Math.max(...wheels.map((wheel) => 2 * wheel.sizeBytes));
  const needed = wheels.reduce((sum, wheel) => sum + wheel.unpackedBytes, largest + SPARE_BYTES);
  const free = await freeBytes(folder);
  if (free >= needed) return;
  throw new NativeFailure(
    'NATIVE_DISK_FULL',
    `Installing TensorFlow needs ${gigabytes(needed)} GB of free disk at ${folder}, and there are ${gigabytes(free)} GB.`,
    'Free some space, or name a folder on another disk in MODA_CACHE, and run the installation again.',
  );
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(1);
}
