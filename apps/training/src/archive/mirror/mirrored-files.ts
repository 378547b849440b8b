import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFiles } from '../../worker/run-files.js';
import { isFileName } from '../file-name.js';

/** Everything beside the models that a run needs to go on, or that tells what it came to. The log is another matter: it grows. */
const namesInFolder = [
  'spec.json',
  'task.json',
  'start.safetensors',
  'interruptions.json',
  'trained.json',
  'result.json',
  'evaluation.json',
] as const;

/** For a moment it is not there: it becomes the older one before there is a newer one. */
export const newestCheckpoint = 'model/checkpoint.safetensors';
const manifest = 'model/module.json';
/** Is there in case that the newest one is torn, which one in the archive cannot be. */
const olderCheckpoint = 'model/checkpoint.previous.safetensors';

/** The name of a run's log. */
export const logName = 'worker.log';

export interface FolderView {
  /** Names of the files to keep, in the order in which to keep them: what others take for complete comes last. */
  readonly present: readonly string[];
  /** Of files that the archive has: those that the run has removed because nobody needs them any more. */
  removed(archived: readonly string[]): readonly string[];
}

/** What there is to keep in the folder of a run. */
export async function viewFolder({ folder, model, checkpoints }: RunFiles): Promise<FolderView> {
  // Before the files that it speaks of are looked at: they are whole where it is there.
  const isFinished = await exists(join(folder, manifest));
  const kept = (await namesIn(checkpoints)).map((name) => `checkpoints/${name}`);
  const inModel = (await namesIn(model)).map((name) => `model/${name}`);
  const inFolder: string[] = [];
  for (const name of namesInFolder) if (await exists(join(folder, name))) inFolder.push(name);
  const isPlain = (name: string) => !name.endsWith('.partial') && isFileName(name);
  const present = [
    ...(inModel.some((name) => [newestCheckpoint, olderCheckpoint].includes(name)) ? [newestCheckpoint] : []),
    ...kept.filter(isPlain),
    ...inFolder,
    ...inModel.filter(
      (name) => ![newestCheckpoint, olderCheckpoint, manifest].includes(name) && isPlain(name),
    ),
    ...(isFinished ? [manifest] : []),
  ];
  return {
    present,
    removed(archived) {
      const here = new Set(present);
      return archived.filter((name) => {
        if (here.has(name)) return false;
        // A folder that was lost has removed nothing: only what a run is known to remove goes, and only while the rest is there.
        if (name === newestCheckpoint || name === 'start.safetensors') return isFinished;
        return name.startsWith('checkpoints/') && kept.length > 0;
      });
    },
  };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((): string[] => []);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
