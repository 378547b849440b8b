import { mkdir } from 'node:fs/promises';
import { parseTrainSpec, type TrainSpec } from '@moda/contracts';
import { firstPosition, type HostTensor } from '@moda/nn';
import { checkSameNetwork, readCheckpointFile, writeCheckpoint } from './checkpoint.js';
import { identityOf } from './train-options.js';

/**
 * Gives a folder, in which no run has begun, the checkpoint of another run to go on from with `resume`. Where both runs have the same
 * options the run goes on exactly as that one. Otherwise it begins with that checkpoint's weights after its last whole epoch, with the
 * momentum it had (none where it trained by another method, since a step of the one says little about the other), and keeps its history.
 *
 * @param file of the checkpoint
 * @throws ModaError CHECKPOINT_FOREIGN where its network, data set or classes are others, MODEL_INVALID where it is not whole
 */
export async function adoptCheckpoint(file: string, folder: string, asked: TrainSpec): Promise<void> {
  const run = identityOf(parseTrainSpec(asked));
  const checkpoint = await readCheckpointFile(file);
  checkSameNetwork(checkpoint.run, run);
  await mkdir(folder, { recursive: true });
  if (checkpoint.run === run) return writeCheckpoint(folder, checkpoint);
  const { epoch } = checkpoint.position;
  const { method } = JSON.parse(checkpoint.run) as Partial<TrainSpec>;
  const { velocities } = checkpoint;
  await writeCheckpoint(folder, {
    ...checkpoint,
    run,
    // Steps of an epoch that was begun mean nothing with batches or an order of their own.
    position: { ...firstPosition, epoch },
    velocities: method === asked.method ? velocities : atRest(velocities),
  });
}

function atRest(velocities: ReadonlyMap<string, HostTensor>): Map<string, HostTensor> {
  return new Map(
    [...velocities].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
  );
}
