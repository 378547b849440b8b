import { ModaError } from '@moda/contracts';
import type { ImageDataset } from './image-dataset.js';
import { readCifar10, readCifar100 } from './readers/cifar.js';
import { readDigits } from './readers/digits.js';
import { readMnist } from './readers/mnist.js';
import { selectClasses } from './select-classes.js';

/** The data sets that can be read. */
export const datasetNames = ['digits', 'mnist', 'cifar10', 'cifar100'] as const;

export type DatasetName = (typeof datasetNames)[number];

export interface LoadOptions {
  /** Folder with the official files; `digits` needs none. */
  readonly dataDir?: string;
  /** Only these classes, by their labels in the full data set; all when absent. */
  readonly classes?: readonly number[];
}

const readersFromFiles: Readonly<
  Record<Exclude<DatasetName, 'digits'>, (dataDir: string) => Promise<ImageDataset>>
> = {
  mnist: readMnist,
  cifar10: readCifar10,
  cifar100: readCifar100,
};

/**
 * Reads a data set into memory. Throws `DATASET_UNKNOWN`, `DATASET_MISSING`, `DATASET_CORRUPT`, and what `selectClasses`
 * throws.
 */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<ImageDataset> {
  const dataset = await readWhole(checkedName(name), options.dataDir);
  return options.classes ? selectClasses(dataset, options.classes) : dataset;
}

function checkedName(name: string): DatasetName {
  const known = datasetNames.find((candidate) => candidate === name);
  if (known) return known;
  const unsupported = name === 'svhn' || name.startsWith('folder:');
  throw new ModaError(
    'DATASET_UNKNOWN',
    unsupported
      ? `The data set ${name} is not supported yet; choose one of ${datasetNames.join(', ')}.`
      : `There is no data set ${JSON.stringify(name)}; choose one of ${datasetNames.join(', ')} ` +
          '(svhn and folder:PATH are not supported yet).',
    { dataset: name, known: datasetNames },
  );
}

/** The digits never change while the program runs, and much of it asks for them again and again: 10 MB well spent. */
let digits: Promise<ImageDataset> | undefined;

function readWhole(name: DatasetName, dataDir: string | undefined): Promise<ImageDataset> {
  if (name === 'digits') return (digits ??= readDigits());
  if (dataDir === undefined || dataDir === '') {
    throw new ModaError(
      'DATASET_MISSING',
      `${name} does not come with the program; name the folder that holds its official files with --data-dir.`,
      { dataset: name },
    );
  }
  return readersFromFiles[name](dataDir);
}
