import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { isTemporary } from '../worker/artifacts.js';
import { checkpointPosition } from '../worker/checkpoint-position.js';
import { keptCheckpoint } from '../worker/kept-checkpoints.js';
import { checkpointNames, runFiles, type RunFiles } from '../worker/run-files.js';
import type { BeginAnswer, PodFile } from '../pod-desk/pod-messages.js';
import type { DeskClient } from './desk-client.js';
import { retrieve, type Retrieval } from './retrieve.js';
import { specWithData } from './spec-with-data.js';

export interface RestoreOptions {
  readonly begun: BeginAnswer;
  readonly files: RunFiles;
  readonly dataFolder: string | undefined;
  /** Brings a data set that no volume has into a folder that it returns, where there is a bucket to bring it from. */
  readonly fetchData: ((dataset: string) => Promise<string>) | undefined;
  readonly desk: Pick<DeskClient, 'get'>;
  readonly persist: Retrieval['persist'];
  readonly signal: AbortSignal;
}

/**
 * Makes the folder of a run what it was when an earlier attempt shipped it last, with all that the worker needs. What is there already is
 * removed: the archive and the journal of the run fit together, and nothing else does.
 *
 * @throws ModaError CHECKPOINT_UNKNOWN where the checkpoint that the run begins with is not there any more; and what `fetchData` throws
 */
export async function restoreRun({
  begun,
  files,
  dataFolder,
  desk,
  fetchData,
  persist,
  signal,
}: RestoreOptions): Promise<void> {
  const { folder } = files;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const runsFolder = dirname(folder);
  const get = (name: string) => desk.get(name, signal);
  await retrieve({ files: wantedOfRun(begun.files), folder, get, persist });

  for (const { run, key, files: theirs } of begun.inputs) {
    const isParent = run === begun.parent?.runId;
    const wanted = isParent ? theirs.filter(isCheckpoint) : wantedOfInput(theirs);
    await retrieve({
      files: wanted,
      folder: join(runsFolder, run),
      get: (name) => desk.get(name, signal, { run, key }),
      persist,
    });
  }
  if (begun.parent) await takeStart(begun.parent, runsFolder, files);
  if (begun.task.kind !== 'train') await writeFile(files.task, JSON.stringify(begun.task));
  await writeFile(files.spec, JSON.stringify(await specWithData(begun.spec, dataFolder, fetchData)));
}

const manifestName = 'model/module.json';
const newestCheckpoint = `model/${checkpointNames[0]}`;

/**
 * A finished model as a whole, figures included; or else the newest checkpoint and the kept ones. Parts of a model whose manifest is not
 * there were sent by a pod that came to no end: the worker writes them again.
 */
function wantedOfRun(files: readonly PodFile[]): readonly PodFile[] {
  const isFinished = files.some(({ name }) => name === manifestName);
  return files.filter(({ name }) =>
    isFinished ? !isCheckpointOfModel(name) : name === newestCheckpoint || name.startsWith('checkpoints/'),
  );
}

/** As much of another run as tasks read. */
function wantedOfInput(files: readonly PodFile[]): readonly PodFile[] {
  return files.filter(
    ({ name }) => (name.startsWith('model/') && !isCheckpointOfModel(name)) || name === 'evaluation.json',
  );
}

const isCheckpointOfModel = (name: string): boolean =>
  name.startsWith('model/') && isTemporary(name.slice('model/'.length));

const isCheckpoint = ({ name }: PodFile): boolean =>
  name.startsWith('checkpoints/') || name.startsWith('model/checkpoint.');

/** Kept ones first: what stands behind the epoch in the newest one may have been made with other options. */
async function takeStart(
  { runId, epoch }: NonNullable<BeginAnswer['parent']>,
  runsFolder: string,
  to: RunFiles,
): Promise<void> {
  const from = runFiles(join(runsFolder, runId));
  const places = [keptCheckpoint(from, epoch), ...checkpointNames.map((name) => join(from.model, name))];
  for (const place of places)
    if ((await checkpointPosition(place))?.epoch === epoch) {
      await rename(place, to.start);
      await rm(from.folder, { recursive: true, force: true });
      return;
    }
  throw new ModaError(
    'CHECKPOINT_UNKNOWN',
    `Run ${runId} does not have its checkpoint of epoch ${epoch} any more; fork it from another epoch, or submit a run from the beginning.`,
    { runId, epoch },
  );
}
