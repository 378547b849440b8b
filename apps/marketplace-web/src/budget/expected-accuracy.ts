interface StoredAccuracy {
  readonly classIndex: number;
  /** Of the whole model on the test images of the class, 0..1; null where it was not measured. */
  readonly accuracy: number | null;
}

/**
 * The mean over classes of what the registry stores for each, 0..1. Undefined where it is not known of every class: a mean over some says
 * nothing of the others.
 */
export function meanAccuracy(
  stored: readonly StoredAccuracy[],
  classes: readonly number[],
): number | undefined {
  const byClass = new Map(stored.map(({ classIndex, accuracy }) => [classIndex, accuracy]));
  const known = classes.flatMap((index) => byClass.get(index) ?? []);
  if (known.length === 0 || known.length < classes.length) return undefined;
  return known.reduce((sum, accuracy) => sum + accuracy, 0) / known.length;
}
