import { type ImageDataset, limit, loadDataset, selectClasses } from '@moda/datasets';
import { findClasses } from './class-names.js';

export interface DatasetChoice {
  readonly dataset: string;
  readonly dataDir?: string | undefined;
  /** Classes by label in the full data set or by name; all when absent. */
  readonly classes?: readonly string[] | undefined;
  /** Only the first so many training samples. */
  readonly trainLimit?: number | undefined;
}

/** Reads a data set with the classes and the number of training samples that were asked for. */
export async function openDataset(choice: DatasetChoice): Promise<ImageDataset> {
  const whole = await loadDataset(
    choice.dataset,
    choice.dataDir === undefined ? {} : { dataDir: choice.dataDir },
  );
  const named = whole.classNames.map((name, index) => ({ index: whole.sourceLabels[index] ?? index, name }));
  const chosen = choice.classes
    ? selectClasses(whole, findClasses(choice.classes, named, `The data set ${choice.dataset}`))
    : whole;
  return choice.trainLimit === undefined
    ? chosen
    : { ...chosen, train: limit(chosen.train, choice.trainLimit) };
}
