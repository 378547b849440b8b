/** What one epoch of training came to. */
export interface EpochRecord {
  /** 1 .. epochs. */
  readonly epoch: number;
  readonly seconds: number;
  readonly learningRate: number;
  /** Means over the batches of the epoch, as they enter the loss; terms that were not part of it are absent. */
  readonly crossEntropy: number;
  readonly total: number;
  readonly affinity?: number | undefined;
  readonly dispersion?: number | undefined;
  readonly compactness?: number | undefined;
  /** On the test images after the epoch. */
  readonly accuracy: number;
  /**
   * What a cut at tau 0.9 would give after the epoch, as shares of the model: mean size of a module, mean overlap of two. Absent where a class
   * has no training image, and in the records of earlier versions.
   */
  readonly moduleShare?: number | undefined;
  readonly moduleOverlap?: number | undefined;
  /** Accuracy by class, `null` for one without images. Absent in the records of earlier versions. */
  readonly perClass?: readonly (number | null)[] | undefined;
}
