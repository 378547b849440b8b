import { largestDifference } from '@moda/page-runtime/images';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { SampleImages } from '@moda/module-format';

/** Two runtimes of float32 that compute the same network differ by less; the promise of this product. */
export const parityTolerance = 1e-4;

/** How far apart two lists of logits lie. */
export interface Parity {
  /** max |Δlogit| */
  readonly largest: number;
  readonly images: number;
  readonly classes: number;
}

/**
 * This page's logits beside the server's.
 *
 * @param own `[count, classes]`; `server` likewise
 * @returns undefined where the server computed something else
 */
export function parityWithServer(
  own: Float32Array,
  server: Float32Array,
  classes: number,
): Parity | undefined {
  if (own.length !== server.length) return undefined;
  return { largest: largestDifference(own, server), images: own.length / classes, classes };
}

/** How the composition does on the samples of its classes, beside the whole model. */
export interface SampleScore {
  /** SampleImages of the composition's classes. */
  readonly images: number;
  /** Of them right: by the composition, and by the whole model where it chooses among the same classes. */
  readonly right: number;
  readonly wholeRight: number;
  /** max |Δlogit| of the composition's classes against the whole model: what leaving units out changes. */
  readonly largest: number;
}

/** @param own logits `[count, classes]` of the composition */
export function sampleScore(
  { labels, logits, count }: SampleImages,
  { classes, parentClasses }: Pick<CompositionFacts, 'classes' | 'parentClasses'>,
  own: Float32Array,
): SampleScore {
  const kept = classes.map(({ index }) => index);
  const score = { images: 0, right: 0, wholeRight: 0, largest: 0 };
  for (let sample = 0; sample < count; sample++) {
    const position = kept.indexOf(labels[sample]!);
    if (position < 0) continue;
    const ours = own.subarray(sample * kept.length, (sample + 1) * kept.length);
    const whole = kept.map((index) => logits[sample * parentClasses.length + index]!);
    score.images++;
    if (bestOf(ours) === position) score.right++;
    if (bestOf(whole) === position) score.wholeRight++;
    score.largest = Math.max(score.largest, largestDifference(ours, whole));
  }
  return score;
}

function bestOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
