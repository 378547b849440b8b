import type { SampleImages } from '@moda/module-format';
import type { CompositionFacts } from '../compose/compose-in-page';

/** When an image is taken for none of the classes of a composition, and how often that is right. */
export interface Rejection {
  /** Of the largest logit: an answer below it is doubtful. */
  readonly threshold: number;
  /** Samples of the classes, and those of them that are at the threshold or above. */
  readonly own: Accepted;
  /** Samples of classes that were left out, and those of them that pass all the same. */
  readonly others: Accepted;
}

interface Accepted {
  readonly images: number;
  readonly accepted: number;
}

/** So many of the own samples may be doubted (0..1). */
const mayBeDoubted = 0.05;
/** Fewer say nothing about one in twenty. */
const fewestOwn = 10;

/**
 * Sets the threshold by the samples that the parent was published with: all but one in twenty of the own classes pass. It is counted on the
 * same samples, so it flatters a little.
 *
 * @param own logits `[count, classes]` of the composition
 * @returns undefined where there are too few samples, or none of a class that was left out
 */
export function rejectionFor(
  { labels, count }: Pick<SampleImages, 'labels' | 'count'>,
  { classes }: Pick<CompositionFacts, 'classes'>,
  own: Float32Array,
): Rejection | undefined {
  const kept = new Set(classes.map(({ index }) => index));
  const largest = { own: [] as number[], others: [] as number[] };
  for (let sample = 0; sample < count; sample++) {
    const logits = own.subarray(sample * classes.length, (sample + 1) * classes.length);
    largest[kept.has(labels[sample]!) ? 'own' : 'others'].push(largestOf(logits));
  }
  if (largest.own.length < fewestOwn || largest.others.length === 0) return undefined;
  const threshold = largest.own.sort((a, b) => a - b)[Math.floor(mayBeDoubted * largest.own.length)]!;
  const accepted = (values: readonly number[]): Accepted => ({
    images: values.length,
    accepted: values.filter((value) => value >= threshold).length,
  });
  return { threshold, own: accepted(largest.own), others: accepted(largest.others) };
}

/** Whether an answer is so weak that the image may show none of the classes. */
export function isDoubtful(logits: Float32Array, rejection: Rejection | undefined): boolean {
  return rejection !== undefined && largestOf(logits) < rejection.threshold;
}

/** What the threshold is worth, in words. */
export function rejectionSentence({ threshold, own, others }: Rejection): string {
  return `Where the largest logit is below ${threshold.toFixed(1)}, it may be none of these: ${own.accepted} of ${own.images} samples of these classes are above, and so are ${others.accepted} of ${others.images} of other classes. The same samples set the threshold.`;
}

function largestOf(logits: Float32Array): number {
  return logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
}
