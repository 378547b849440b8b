import { access, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import type { RunRecord } from '../runs/run-record.js';
import { checkpointPosition } from '../worker/checkpoint-position.js';
import { keptCheckpoint, keptEpochs } from '../worker/kept-checkpoints.js';
import { checkpointNames, type RunFiles } from '../worker/run-files.js';

/**
 * Writes what a worker needs before its first start: the spec, the task where it is another than training, and for a run that goes on from a checkpoint of another one that checkpoint.
 * Done again it changes nothing.
 *
 * @throws ModaError CHECKPOINT_UNKNOWN where the other run does not have it any more
 */
export async function seedFolder(
  run: RunRecord,
  files: RunFiles,
  filesOf: (id: string) => RunFiles,
): Promise<void> {
  if (await exists(files.spec)) return;
  if (run.parent) await takeCheckpoint(run, run.parent, filesOf(run.parent.runId), files);
  if (run.task.kind !== 'train') await writeJson(files.task, run.task);
  // Last: a folder with a spec is complete.
  await writeJson(files.spec, run.spec);
}

async function writeJson(path: string, value: object): Promise<void> {
  const temporary = `${path}.partial`;
  await writeFile(temporary, JSON.stringify(value));
  await rename(temporary, path);
}

async function takeCheckpoint(
  run: RunRecord,
  { runId, epoch }: NonNullable<RunRecord['parent']>,
  from: RunFiles,
  to: RunFiles,
): Promise<void> {
  const latest = checkpointNames.map((name) => join(from.model, name));
  const kept = keptCheckpoint(from, epoch);
  const spec = await readFile(from.spec, 'utf8').catch(() => undefined);
  // A run that goes on as it was takes the steps behind the epoch along; with other options they would be of neither run.
  const places = spec === JSON.stringify(run.spec) ? [...latest, kept] : [kept, ...latest];
  for (const place of places) if (await takeFrom(place, epoch, to.start)) return;
  const others = await keptEpochs(from);
  throw new ModaError(
    'CHECKPOINT_UNKNOWN',
    `Run ${runId} does not have its checkpoint of epoch ${epoch} any more; ${
      others.length === 0
        ? 'submit a run from the beginning instead.'
        : `fork it from epoch ${others.join(', ')}.`
    }`,
    { runId, epoch, epochs: others },
  );
}

/** Looked at under its new name only: the other run may just replace it. */
async function takeFrom(path: string, epoch: number, to: string): Promise<boolean> {
  const temporary = `${to}.partial`;
  await rm(temporary, { force: true });
  try {
    await link(path, temporary).catch(() => copyFile(path, temporary));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  if ((await checkpointPosition(temporary))?.epoch === epoch) {
    await rename(temporary, to);
    return true;
  }
  await rm(temporary, { force: true });
  return false;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
