import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import { readSafetensors, writeSafetensors } from '@moda/module-format';
import type { HostTensor, TrainingPosition } from '@moda/nn';
import { fromSafeTensors, toSafeTensors } from '../files/host-tensors.js';
import { readInput } from '../files/read-input.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { EpochRecord } from './history.js';

const currentName = 'checkpoint.safetensors';
const previousName = 'checkpoint.previous.safetensors';
export const checkpointNames: readonly string[] = [currentName, previousName];
const formatVersion = 1;

/** All that a run needs to go on as if it had never stopped. Order and augmentation follow from seed and position. */
export interface Checkpoint {
  readonly parameters: ReadonlyMap<string, HostTensor>;
  readonly velocities: ReadonlyMap<string, HostTensor>;
  readonly position: TrainingPosition;
  readonly history: readonly EpochRecord[];
  /** The run's options in canonical form: a checkpoint of another run is refused. */
  readonly run: string;
}

/** Whether a folder has a checkpoint, whole or not. */
export async function holdsCheckpoint(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return checkpointNames.some((name) => names.includes(name));
}

/** Writes a checkpoint atomically and keeps the one before it. */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const bytes = writeSafetensors(
    [
      ...toSafeTensors(checkpoint.parameters, 'parameters:'),
      ...toSafeTensors(checkpoint.velocities, 'velocities:'),
    ],
    {
      formatVersion: String(formatVersion),
      run: checkpoint.run,
      position: JSON.stringify(checkpoint.position),
      history: JSON.stringify(checkpoint.history),
    },
  );
  await keepPrevious(folder);
  await writeAtomically(join(folder, currentName), bytes);
}

/**
 * The newest checkpoint of a folder that is whole and of the same run; `onRefused` hears why a newer one was passed over.
 * Undefined where there is none at all.
 *
 * @throws ModaError CHECKPOINT_FOREIGN where the newest whole one belongs to a run with other options
 */
export async function readCheckpoint(
  folder: string,
  run: string,
  onRefused: (reason: string) => void,
): Promise<Checkpoint | undefined> {
  for (const name of checkpointNames) {
    const checkpoint = await readOne(join(folder, name), onRefused);
    if (!checkpoint) continue;
    if (checkpoint.run !== run) throw foreign(checkpoint.run, run);
    return checkpoint;
  }
  return undefined;
}

async function keepPrevious(folder: string): Promise<void> {
  try {
    await rename(join(folder, currentName), join(folder, previousName));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

async function readOne(path: string, onRefused: (reason: string) => void): Promise<Checkpoint | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readInput(path, 'MODEL_INVALID', 'the checkpoint');
  } catch {
    return undefined;
  }
  try {
    return decode(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    onRefused(`The checkpoint ${path} is not whole (${reason}); the one before it is used.`);
    if (!isModaError(error) && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * A checkpoint from any place.
 *
 * @throws ModaError MODEL_INVALID where there is none, or one that is not whole
 */
export async function readCheckpointFile(path: string): Promise<Checkpoint> {
  const bytes = await readInput(path, 'MODEL_INVALID', 'the checkpoint');
  try {
    return decode(bytes);
  } catch (error) {
    if (!isModaError(error) && !(error instanceof SyntaxError)) throw error;
    throw new ModaError(
      'MODEL_INVALID',
      `The checkpoint ${path} is not whole (${error.message.replace(/\.$/, '')}); take another one.`,
      { path },
    );
  }
}

function decode(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata['formatVersion'] !== String(formatVersion)) {
    throw new ModaError('MODEL_INVALID', `it is of format ${metadata['formatVersion'] ?? 'unknown'}`);
  }
  return {
    parameters: fromSafeTensors(tensors, 'parameters:'),
    velocities: fromSafeTensors(tensors, 'velocities:'),
    position: JSON.parse(metadata['position'] ?? '') as TrainingPosition,
    history: JSON.parse(metadata['history'] ?? '') as EpochRecord[],
    run: metadata['run'] ?? '',
  };
}

/** Options that decide what the numbers of a checkpoint mean. */
const networkOptions = ['arch', 'dataset', 'classes'] as const;

/**
 * Runs in canonical form (`Checkpoint.run`), of which one is to begin with the weights of the other.
 *
 * @throws ModaError CHECKPOINT_FOREIGN
 */
export function checkSameNetwork(found: string, wanted: string): void {
  const ofNetwork = (run: string): string => {
    const options = JSON.parse(run) as Record<string, unknown>;
    return JSON.stringify(Object.fromEntries(networkOptions.map((name) => [name, options[name]])));
  };
  const [theirs, ours] = [ofNetwork(found), ofNetwork(wanted)];
  if (theirs !== ours) throw foreign(theirs, ours);
}

function foreign(found: string, wanted: string): ModaError {
  const theirs = JSON.parse(found) as Record<string, unknown>;
  const ours = JSON.parse(wanted) as Record<string, unknown>;
  const differing = Object.keys({ ...theirs, ...ours }).find(
    (key) => JSON.stringify(theirs[key]) !== JSON.stringify(ours[key]),
  );
  const key = differing ?? 'options';
  return new ModaError(
    'CHECKPOINT_FOREIGN',
    `The checkpoint belongs to a run with ${key} ${JSON.stringify(theirs[key])}, not ${JSON.stringify(ours[key])}; ` +
      'resume with the same options, or train into another folder.',
    { option: key },
  );
}

/** Removes a finished run's checkpoints, and what writers that were killed have left half written beside them. */
export async function removeCheckpoints(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (checkpointNames.includes(name) || halfWritten.test(name))
      await rm(join(folder, name), { force: true });
  }
}

/** As `writeAtomically` names a file until it is whole. */
const halfWritten = /\.\d+\.partial$/;
