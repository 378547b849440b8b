import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainSpec, type TrainSpec } from '@moda/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProgressEvent, RunContext } from '../run-context.js';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { adoptCheckpoint } from './adopt-checkpoint.js';
import { readCheckpointFile } from './checkpoint.js';
import { trainModel } from './train-model.js';

/** 4 steps an epoch. */
const spec = parseTrainSpec({ arch: 'lenet5', batchSize: 16, trainLimit: 64, epochs: 3 });

let folder: string;
/** After one epoch and one step. */
let checkpoint: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await trainModel({ ...spec, out: join(folder, 'whole'), resume: false }, quietContext());
  await trainModel({ ...spec, out: join(folder, 'stopped'), resume: false }, stoppingAfter(5));
  checkpoint = join(folder, 'stopped', 'checkpoint.safetensors');
});

function stoppingAfter(steps: number): RunContext {
  const controller = new AbortController();
  const context = quietContext(controller.signal);
  const onProgress = (event: ProgressEvent): void => {
    if (event.type === 'task' && event.done >= steps) controller.abort();
  };
  return { ...context, onProgress };
}

async function fork(name: string, changes: Partial<TrainSpec> = {}) {
  const forked = { ...spec, ...changes };
  const out = join(folder, name);
  await adoptCheckpoint(checkpoint, out, forked);
  const adopted = await readCheckpointFile(join(out, 'checkpoint.safetensors'));
  const context = quietContext();
  const { history } = await trainModel({ ...forked, out, resume: true }, context);
  const steps = context.events.flatMap((event) =>
    event.type === 'task' && event.values?.['accuracy'] === undefined ? [event.done] : [],
  );
  return { adopted, history, steps, weights: await readFile(join(out, 'weights.safetensors')) };
}

describe('a run that begins with the checkpoint of another', () => {
  it('ends with the weights of that one where nothing is changed', async () => {
    const { steps, weights } = await fork('same');
    expect(steps[0]).toBe(6);
    expect(weights.equals(await readFile(join(folder, 'whole', 'weights.safetensors')))).toBe(true);
  });

  it('begins the epoch again with its weights, momentum and history where the learning rate is another', async () => {
    const source = await readCheckpointFile(checkpoint);
    const { adopted, history, steps, weights } = await fork('slower', { learningRate: 0.001 });
    expect(adopted.parameters).toEqual(source.parameters);
    expect(adopted.velocities).toEqual(source.velocities);
    expect(steps).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(history[0]).toEqual(source.history[0]);
    expect(history).toHaveLength(3);
    expect(weights.equals(await readFile(join(folder, 'whole', 'weights.safetensors')))).toBe(false);
  });

  it.each<[string, Partial<TrainSpec>, number]>([
    ['more epochs', { epochs: 5 }, 16],
    ['other batches', { batchSize: 32 }, 4],
    ['another seed', { seed: 7 }, 8],
    ['other weights of the loss', { alpha: 0.1, beta: 2, gamma: 0 }, 8],
  ])('is trained with %s to its end', async (name, changes, steps) => {
    const forked = await fork(name, changes);
    expect(forked.steps).toHaveLength(steps);
    expect(forked.steps.at(-1)).toBe((changes.epochs ?? 3) * (64 / (changes.batchSize ?? 16)));
  });

  it('has no momentum where it is trained by another method', async () => {
    const { adopted } = await fork('standard', { method: 'standard' });
    const { velocities } = await readCheckpointFile(checkpoint);
    expect([...adopted.velocities.keys()]).toEqual([...velocities.keys()]);
    expect([...adopted.velocities.values()].every(({ data }) => data.every((value) => value === 0))).toBe(
      true,
    );
  });

  it('is refused another network, and a checkpoint that is torn', async () => {
    await expect(
      adoptCheckpoint(checkpoint, join(folder, 'foreign'), { ...spec, arch: 'vgg16' }),
    ).rejects.toMatchObject({ code: 'CHECKPOINT_FOREIGN', details: { option: 'arch' } });
    await mkdir(join(folder, 'torn'));
    const torn = join(folder, 'torn', 'start.safetensors');
    await copyFile(checkpoint, torn);
    await writeFile(torn, (await readFile(torn)).subarray(0, 1000));
    await expect(adoptCheckpoint(torn, join(folder, 'torn', 'model'), spec)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining('is not whole') as string,
    });
  });
});
