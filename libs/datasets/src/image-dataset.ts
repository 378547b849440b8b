/** One part of a data set. Borrowed views may share memory with other splits: treat the arrays as read-only. */
export interface ImageSplit {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Pixels 0..255, `[count, height, width, channels]`, channels fastest. */
  readonly images: Uint8Array;
  /** Class index of each image, `[count]`, 0..classes-1. */
  readonly labels: Uint16Array;
}

/** Per channel, for pixels scaled to 0..1: `(pixel / 255 - mean) / std`. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Random changes of training images; `noAugmentation` leaves them as they are. */
export interface Augmentation {
  /** Black pixels added on every side before a window of the original size is cut at a random place. */
  readonly cropPadding: number;
  /** Mirror left and right with probability 1/2. */
  readonly horizontalFlip: boolean;
}

/** Where the images come from, in words for reports and model cards. */
export interface Provenance {
  readonly source: string;
  /** How training and test images were told apart. */
  readonly split: string;
}

export interface ImageDataset {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Name of each class, by class index. */
  readonly classNames: readonly string[];
  /** Label of each class in the full data set, by class index, ascending; differs from the index after a selection. */
  readonly sourceLabels: readonly number[];
  readonly train: ImageSplit;
  readonly test: ImageSplit;
  readonly normalisation: Normalisation;
  /** What training on this data set does to its images by default. */
  readonly augmentation: Augmentation;
  readonly provenance: Provenance;
}

export const noAugmentation: Augmentation = Object.freeze({ cropPadding: 0, horizontalFlip: false });
