import { ModaError } from '@moda/contracts';
import { type ImageDataset, loadDataset, selectClasses } from '@moda/datasets';
import { limit } from '@moda/datasets';
import type { StoredModel } from './model-folder.js';

export interface ModelDatasetChoice {
  /** The data set the model was trained on when absent. */
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly trainLimit?: number | undefined;
}

/**
 * A data set with just the classes of a model, in the model's order, so that label i belongs to logit i.
 *
 * @throws ModaError CLASS_UNKNOWN where the data set lacks a class of the model, INPUT_SHAPE where its images do not fit
 */
export async function datasetOfModel(stored: StoredModel, choice: ModelDatasetChoice): Promise<ImageDataset> {
  const name = choice.dataset ?? stored.manifest.dataset?.name;
  if (name === undefined) {
    throw new ModaError(
      'USAGE',
      `The model ${stored.path} does not say what it was trained on; name a --dataset.`,
    );
  }
  const whole = await loadDataset(name, choice.dataDir === undefined ? {} : { dataDir: choice.dataDir });
  const labels = stored.manifest.classes.map(({ sourceLabel }) => sourceLabel);
  const dataset = selectClasses(whole, labels);
  const { input } = stored.network.architecture;
  if (
    dataset.height !== input.height ||
    dataset.width !== input.width ||
    dataset.channels !== input.channels
  ) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The model ${stored.path} takes images of ${sizeOf(input)}, but ${name} has ${sizeOf(dataset)}.`,
    );
  }
  return choice.trainLimit === undefined
    ? dataset
    : { ...dataset, train: limit(dataset.train, choice.trainLimit) };
}

function sizeOf({ height, width, channels }: { height: number; width: number; channels: number }): string {
  return `${height}x${width}x${channels}`;
}
