import type { Augmentation, ImageDataset, ImageSplit, Normalisation } from '../image-dataset.js';
import { cifar100ClassNames, cifar10ClassNames } from './cifar-class-names.js';
import { corrupt, type DataFile, readDataFile, readDataFileIfAny } from './data-files.js';

const side = 32;
const channels = 3;
const planeBytes = side * side;
const imageBytes = planeBytes * channels;

/** The usual recipe for both: crop 32 of 40, then mirror. */
const augmentation: Augmentation = { cropPadding: 4, horizontalFlip: true };

/** What tells the two members of the family apart. */
interface CifarVariant {
  readonly name: string;
  readonly title: string;
  readonly folders: readonly string[];
  readonly trainFiles: readonly string[];
  readonly testFiles: readonly string[];
  readonly namesFile: string;
  readonly classNames: readonly string[];
  /** Label bytes before the pixels; the last of them is the class. */
  readonly labelBytes: number;
  readonly normalisation: Normalisation;
}

const cifar10: CifarVariant = {
  name: 'cifar10',
  title: 'CIFAR-10',
  folders: ['.', 'cifar-10-batches-bin'],
  trainFiles: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
  testFiles: ['test_batch.bin'],
  namesFile: 'batches.meta.txt',
  classNames: cifar10ClassNames,
  labelBytes: 1,
  normalisation: { mean: [0.4914, 0.4822, 0.4465], std: [0.2471, 0.2435, 0.2616] },
};

const cifar100: CifarVariant = {
  name: 'cifar100',
  title: 'CIFAR-100',
  folders: ['.', 'cifar-100-binary'],
  trainFiles: ['train.bin'],
  testFiles: ['test.bin'],
  namesFile: 'fine_label_names.txt',
  classNames: cifar100ClassNames,
  labelBytes: 2,
  normalisation: { mean: [0.5071, 0.4867, 0.4408], std: [0.2675, 0.2565, 0.2761] },
};

/** CIFAR-10 from the files of its binary version, in their official order. Throws `DATASET_MISSING` or `DATASET_CORRUPT`. */
export function readCifar10(dataDir: string): Promise<ImageDataset> {
  return readCifar(cifar10, dataDir);
}

/** CIFAR-100 with its fine labels, likewise. */
export function readCifar100(dataDir: string): Promise<ImageDataset> {
  return readCifar(cifar100, dataDir);
}

async function readCifar(variant: CifarVariant, dataDir: string): Promise<ImageDataset> {
  const train = await readSplit(variant, dataDir, variant.trainFiles);
  const test = await readSplit(variant, dataDir, variant.testFiles);
  return {
    name: variant.name,
    height: side,
    width: side,
    channels,
    classNames: await readClassNames(variant, dataDir),
    sourceLabels: variant.classNames.map((_, label) => label),
    train,
    test,
    normalisation: variant.normalisation,
    augmentation,
    provenance: {
      source: `${variant.title}, from the files of its binary version.`,
      split: `The official one: ${train.count} training and ${test.count} test images.`,
    },
  };
}

async function readSplit(
  variant: CifarVariant,
  dataDir: string,
  names: readonly string[],
): Promise<ImageSplit> {
  const files: DataFile[] = [];
  for (const name of names) {
    files.push(
      await readDataFile({ dataset: variant.name, dataDir, folders: variant.folders, names: [name] }),
    );
  }
  const counts = files.map((file) => recordCount(file, variant));
  const count = counts.reduce((sum, fileCount) => sum + fileCount, 0);
  const images = new Uint8Array(count * imageBytes);
  const labels = new Uint16Array(count);
  let first = 0;
  files.forEach((file, position) => {
    const fileCount = counts[position] as number;
    readRecords(
      file,
      variant,
      images.subarray(first * imageBytes, (first + fileCount) * imageBytes),
      labels.subarray(first, first + fileCount),
    );
    first += fileCount;
  });
  return { count, height: side, width: side, channels, images, labels };
}

function recordCount({ path, bytes }: DataFile, { labelBytes, title }: CifarVariant): number {
  const recordBytes = labelBytes + imageBytes;
  if (bytes.length === 0) throw corrupt(path, 'is empty');
  if (bytes.length % recordBytes !== 0) {
    throw corrupt(
      path,
      `is truncated or not of the ${title} binary version: ${bytes.length} bytes are no whole number of ` +
        `${recordBytes}-byte records`,
    );
  }
  return bytes.length / recordBytes;
}

/** A record holds its label bytes, then the red, the green and the blue plane; the result has channels fastest. */
function readRecords(
  { path, bytes }: DataFile,
  { labelBytes, classNames }: CifarVariant,
  images: Uint8Array,
  labels: Uint16Array,
): void {
  const recordBytes = labelBytes + imageBytes;
  for (let record = 0; record < labels.length; record += 1) {
    const pixels = record * recordBytes + labelBytes;
    const label = bytes[pixels - 1] as number;
    if (label >= classNames.length) {
      throw corrupt(
        path,
        `has label ${label} in record ${record}, but the labels are 0 to ${classNames.length - 1}`,
      );
    }
    labels[record] = label;
    for (let channel = 0; channel < channels; channel += 1) {
      const plane = pixels + channel * planeBytes;
      let target = record * imageBytes + channel;
      for (let pixel = 0; pixel < planeBytes; pixel += 1) {
        images[target] = bytes[plane + pixel] as number;
        target += channels;
      }
    }
  }
}

async function readClassNames(variant: CifarVariant, dataDir: string): Promise<readonly string[]> {
  const { name, folders, namesFile, classNames } = variant;
  const file = await readDataFileIfAny({ dataset: name, dataDir, folders, names: [namesFile] });
  if (!file) return classNames;
  const names = file.bytes
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.length !== classNames.length) {
    throw corrupt(file.path, `names ${names.length} classes, but ${variant.title} has ${classNames.length}`);
  }
  return names;
}
