import { access, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunStore } from '../../runs/run-store.js';
import { journalName, type RunFiles, runFiles } from '../../worker/run-files.js';
import { materialise } from '../materialise.js';
import type { RunArchive } from '../run-archive.js';

export interface RestoreParts {
  readonly archive: Pick<RunArchive, 'files' | 'read'>;
  readonly store: Pick<RunStore, 'journalOffset'>;
  /** Of all runs; each has a folder of its id in it. */
  readonly runsFolder: string;
  /** Between two tries (ms), one after the other; the last failure counts. */
  readonly delaysMs?: readonly number[];
}

/** A run whose worker says nothing for 30 s counts as interrupted; this is less. */
const defaultDelaysMs = [500, 1500, 4000];

/**
 * Brings back from the archive what a worker needs and finds no more: the folder of its run, that of the run it begins with, and the models
 * that its task takes. A folder with a spec is complete; a new run's has none, and nothing in the archive.
 *
 * @throws Error where the archive does not answer; the run may be started again later
 */
export function restoring(parts: RestoreParts): (run: RunRecord) => Promise<void> {
  const { archive, delaysMs = defaultDelaysMs, runsFolder } = parts;
  const restore = async (run: RunRecord): Promise<void> => {
    await restoreFolder(parts, run.id);
    if (run.parent) await restoreFolder(parts, run.parent.runId);
    for (const id of sourcesOf(run)) await restoreModel(archive, id, join(runsFolder, id));
  };
  return async (run) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await restore(run);
      } catch (error) {
        const delayMs = delaysMs[tries];
        // Not the error itself: the outage of a store is no mistake of the run.
        if (delayMs === undefined)
          throw new Error(`Its files could not be brought back: ${(error as Error).message}`, {
            cause: error,
          });
        await sleep(delayMs);
      }
    }
  };
}

/** Brings back the model of a run that has succeeded, and how well it does, where its folder has lost them. */
export async function restoreModel(
  archive: Pick<RunArchive, 'files' | 'read'>,
  id: string,
  folder: string,
): Promise<void> {
  const { model } = runFiles(folder);
  if (await exists(join(model, 'module.json'))) return;
  const files = await archive.files(id);
  // Its manifest is written last: before that there is no model.
  if (files.some(({ name }) => name === 'model/module.json'))
    await materialise(archive, id, folder, ['model/', 'evaluation.json']);
}

async function restoreFolder({ archive, runsFolder, store }: RestoreParts, id: string): Promise<void> {
  const files = runFiles(join(runsFolder, id));
  if (await exists(files.spec)) return;
  const names = (await archive.files(id)).map(({ name }) => name);
  if (names.length === 0) return;
  await mkdir(files.folder, { recursive: true, mode: 0o700 });
  await fillJournal(files, await store.journalOffset(id, journalName));
  await materialise(archive, id, files.folder, names);
}

/**
 * What the lost journal said is in the database up to this place. A new one goes on from there: before it is nothing that anybody reads, and
 * a line end, so that nothing of it is taken for half a line.
 */
async function fillJournal({ journal }: RunFiles, offset: number): Promise<void> {
  if (offset === 0) return;
  const file = await open(journal, 'a', 0o600);
  try {
    const { size } = await file.stat();
    if (size >= offset) return;
    await file.truncate(offset - 1);
    await file.appendFile('\n');
  } finally {
    await file.close();
  }
}

function sourcesOf({ task }: RunRecord): readonly string[] {
  if (task.kind === 'train') return [];
  return task.kind === 'replace' ? [task.weak, task.strong] : [task.run];
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
