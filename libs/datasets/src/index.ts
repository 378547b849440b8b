export { type BatchOptions, batches, type ImageBatch } from './batches.js';
export {
  type Augmentation,
  type ImageDataset,
  type ImageSplit,
  noAugmentation,
  type Normalisation,
  type Provenance,
} from './image-dataset.js';
export { limit } from './limit.js';
export { type DatasetName, datasetNames, type LoadOptions, loadDataset } from './load-dataset.js';
export { sequentialOrder, shuffledOrder } from './order.js';
export { createRng, restoreRng, type Rng, type RngState } from './rng.js';
export { selectClasses } from './select-classes.js';
