import type { ImageDataset, ImageSplit } from '../image-dataset.js';
import { corrupt, readDataFile } from './data-files.js';
import {
  digitAugmentation,
  digitClassNames,
  digitMargin,
  digitNormalisation,
  digitSide,
} from './handwritten-digits.js';
import { readIdx } from './idx.js';
import { padImages } from './pad-images.js';

/** Where the files lie below the data folder; the second is where other tools keep them. */
const folders = ['.', 'MNIST/raw'];

/**
 * MNIST from its four IDX files, packed (`.gz`) or not, 32x32x1 after padding; the official order is kept. Throws
 * `DATASET_MISSING` or `DATASET_CORRUPT` naming the file.
 */
export async function readMnist(dataDir: string): Promise<ImageDataset> {
  const train = padImages(await readSplit(dataDir, 'train'), digitMargin);
  const test = padImages(await readSplit(dataDir, 't10k'), digitMargin);
  return {
    name: 'mnist',
    height: train.height,
    width: train.width,
    channels: 1,
    classNames: digitClassNames,
    sourceLabels: digitClassNames.map((_, label) => label),
    train,
    test,
    normalisation: digitNormalisation,
    augmentation: digitAugmentation,
    provenance: {
      source: 'The MNIST database of handwritten digits, from its IDX files.',
      split: `The official one: ${train.count} training and ${test.count} test images.`,
    },
  };
}

async function readSplit(dataDir: string, prefix: string): Promise<ImageSplit> {
  const wanted = (stem: string, kind: string) => ({
    dataset: 'mnist',
    dataDir,
    folders,
    // The dotted spelling is what some unpackers make of the name.
    names: [`${stem}-${kind}`, `${stem}-${kind}.gz`, `${stem}.${kind}`, `${stem}.${kind}.gz`],
  });
  const imageFile = await readDataFile(wanted(`${prefix}-images`, 'idx3-ubyte'));
  const labelFile = await readDataFile(wanted(`${prefix}-labels`, 'idx1-ubyte'));
  const images = await readIdx(imageFile, 3);
  const labels = await readIdx(labelFile, 1);
  const [count = 0, height = 0, width = 0] = images.shape;
  if (count === 0) throw corrupt(imageFile.path, 'holds no images');
  if (height !== digitSide || width !== digitSide) {
    throw corrupt(imageFile.path, `holds images of ${height}x${width}, not of ${digitSide}x${digitSide}`);
  }
  if (labels.values.length !== count) {
    throw corrupt(
      labelFile.path,
      `holds ${labels.values.length} labels for the ${count} images of ${imageFile.path}`,
    );
  }
  const stray = labels.values.findIndex((label) => label >= digitClassNames.length);
  if (stray >= 0) {
    throw corrupt(
      labelFile.path,
      `has label ${labels.values[stray]} at position ${stray}, but the labels are 0 to 9`,
    );
  }
  return {
    count,
    height,
    width,
    channels: 1,
    images: images.values,
    labels: Uint16Array.from(labels.values),
  };
}
