import { ModaError } from '@moda/contracts';
import type { ImageDataset, ImageSplit } from './image-dataset.js';

/**
 * The part of `dataset` that shows the given classes, named by their labels in the full data set, in any order. Labels
 * become `0..k-1` in ascending order of the source label; the samples keep their order. Throws `CLASS_UNKNOWN` for a class
 * that is not there and `USAGE` for an empty list or a repeated class.
 */
export function selectClasses(dataset: ImageDataset, classes: readonly number[]): ImageDataset {
  const selected = checkedSelection(dataset, classes);
  if (selected.length === dataset.sourceLabels.length) return dataset;
  const newLabels = new Map(selected.map((oldLabel, newLabel) => [oldLabel, newLabel]));
  return {
    ...dataset,
    classNames: selected.map((label) => dataset.classNames[label] as string),
    sourceLabels: selected.map((label) => dataset.sourceLabels[label] as number),
    train: relabel(dataset.train, newLabels),
    test: relabel(dataset.test, newLabels),
  };
}

/** The class indices of `classes` in `dataset`, ascending. */
function checkedSelection({ name, sourceLabels }: ImageDataset, classes: readonly number[]): number[] {
  if (classes.length === 0) {
    throw new ModaError(
      'USAGE',
      `No class of ${name} is selected; name at least one of ${sourceLabels.join(', ')}.`,
    );
  }
  const indices = classes.map((label) => {
    const index = sourceLabels.indexOf(label);
    if (index < 0) {
      throw new ModaError(
        'CLASS_UNKNOWN',
        `${name} has no class ${label}; its classes are ${sourceLabels.join(', ')}.`,
        { class: label, classes: sourceLabels },
      );
    }
    return index;
  });
  const repeated = classes.find((label, position) => classes.indexOf(label) !== position);
  if (repeated !== undefined) {
    throw new ModaError('USAGE', `Class ${repeated} is selected twice; name each class once.`, {
      class: repeated,
    });
  }
  return indices.sort((a, b) => a - b);
}

function relabel(split: ImageSplit, newLabels: ReadonlyMap<number, number>): ImageSplit {
  const imageSize = split.height * split.width * split.channels;
  const kept: number[] = [];
  split.labels.forEach((label, sample) => {
    if (newLabels.has(label)) kept.push(sample);
  });
  const images = new Uint8Array(kept.length * imageSize);
  const labels = new Uint16Array(kept.length);
  kept.forEach((sample, position) => {
    images.set(split.images.subarray(sample * imageSize, (sample + 1) * imageSize), position * imageSize);
    labels[position] = newLabels.get(split.labels[sample] as number) as number;
  });
  return { ...split, count: kept.length, images, labels };
}
