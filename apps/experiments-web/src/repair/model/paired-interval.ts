import type { PairedCounts } from '@moda/contracts';

/** A gain in accuracy, -1..1. */
export interface Gain {
  readonly mean: number;
  /** Ends of the 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** Images. */
  readonly count: number;
}

export const pairedMethod = 'Bonett–Price interval for paired proportions';

/** Of a standard normal distribution, 97.5 %. */
const z = 1.959963984540054;

/**
 * How much more often the second model is right, with the adjusted Wald interval of Bonett and Price (2012) for the difference of paired
 * proportions: one image is added to each of the two kinds on which the models differ, with p = (n + 1) / (count + 2) for either, and the
 * interval is p_after - p_before ± z sqrt((p_after + p_before - (p_after - p_before)^2) / (count + 2)), cut at ±1. It covers as stated
 * with few images and never has length 0. The mean is the plain difference of the accuracies; without images it is 0 and nothing is known.
 */
export function pairedGain(counts: PairedCounts): Gain {
  const { bothRight, bothWrong, onlyBefore, onlyAfter } = counts;
  const count = bothRight + bothWrong + onlyBefore + onlyAfter;
  if (count === 0) return { mean: 0, lower: -1, upper: 1, count };
  const before = (onlyBefore + 1) / (count + 2);
  const after = (onlyAfter + 1) / (count + 2);
  const centre = after - before;
  const half = z * Math.sqrt((after + before - centre ** 2) / (count + 2));
  return {
    mean: (onlyAfter - onlyBefore) / count,
    lower: Math.max(-1, centre - half),
    upper: Math.min(1, centre + half),
    count,
  };
}
