import { access, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isTemporary } from '../worker/artifacts.js';
import { keptCheckpoint, keptEpochs } from '../worker/kept-checkpoints.js';
import { checkpointNames, type RunFiles } from '../worker/run-files.js';
import type { FileShipper, Shipping } from './file-shipper.js';

const manifestName = 'module.json';

/**
 * The newest checkpoint, and those that are kept, while the worker writes: with them the run goes on elsewhere. Where epochs are shorter than
 * the time between two shipments most of what is kept is thinned out again soon: of kept ones that the archive does not have under another
 * name one is sent each time, the newest.
 */
export function shipNewest(files: RunFiles, shipper: FileShipper, shipping: Shipping): Promise<void> {
  return shipCheckpoints(files, shipper, shipping, 1);
}

async function shipCheckpoints(
  files: RunFiles,
  shipper: FileShipper,
  shipping: Shipping,
  most: number,
): Promise<void> {
  const newest = `model/${checkpointNames[0]}`;
  // Between two renames of the worker there is but the older one.
  for (const name of checkpointNames)
    if (await shipper.ship(newest, join(files.model, name), shipping)) break;
  let whole = 0;
  for (const path of await keptPaths(files)) {
    const { sentBytes } = shipper;
    await shipper.ship(nameOfKept(path), path, shipping);
    if (shipper.sentBytes > sentBytes) whole += 1;
    if (whole === most) break;
  }
  const kept = new Set((await keptPaths(files)).map(nameOfKept));
  for (const name of shipper.names())
    if (name.startsWith('checkpoints/') && !kept.has(name)) await shipper.remove(name, shipping.signal);
}

/** The newest first. */
async function keptPaths(files: RunFiles): Promise<string[]> {
  return (await keptEpochs(files)).reverse().map((epoch) => keptCheckpoint(files, epoch));
}

const nameOfKept = (path: string): string => `checkpoints/${basename(path)}`;

/**
 * All that a worker that is gone has left. The manifest of a finished model goes last, and is taken away before another file changes: where
 * it is there, the model is whole.
 */
export async function shipAll(files: RunFiles, shipper: FileShipper, shipping: Shipping): Promise<void> {
  const manifest = join(files.model, manifestName);
  const isFinished = await access(manifest).then(
    () => true,
    () => false,
  );
  if (!isFinished) return shipCheckpoints(files, shipper, shipping, Infinity);

  if (!(await shipper.has(`model/${manifestName}`, manifest)))
    await shipper.remove(`model/${manifestName}`, shipping.signal);
  for (const [name, path] of figures(files)) await shipper.ship(name, path, shipping);
  const names = (await namesIn(files.model)).filter((name) => !isTemporary(name) && name !== manifestName);
  for (const name of names) await shipper.ship(`model/${name}`, join(files.model, name), shipping);
  for (const path of await keptPaths(files)) await shipper.ship(nameOfKept(path), path, shipping);
  await shipper.ship(`model/${manifestName}`, manifest, shipping);

  const there = new Set([...names, manifestName].map((name) => `model/${name}`));
  for (const name of shipper.names())
    if (name.startsWith('model/') && !there.has(name)) await shipper.remove(name, shipping.signal);
}

function figures(files: RunFiles): readonly (readonly [name: string, path: string])[] {
  return [
    ['trained.json', files.trained],
    ['evaluation.json', files.evaluation],
    ['result.json', files.result],
  ];
}

/** Without those that are being written; in the order of their names. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => !name.endsWith('.partial')).sort();
}
