import { formatBytes, formatCount, formatShare } from '@moda/ui';

/** What one more class would add to a set. */
export interface MarginalPrice {
  /** Output position of the class. */
  readonly class: number;
  readonly weightsBytes: number;
  readonly parameters: number;
  readonly flops: number;
  /** Share of the class's own parameters that the set has already, 0..1. */
  readonly sharedWithCart: number;
  /** The class of the set that it shares most with, and how much of its own parameters, 0..1. */
  readonly nearest: { readonly class: number; readonly shared: number } | null;
}

/** Says what a class would add: "adding truck: +41.0 kB, +0.6 M FLOPs, 78 % shared with automobile". */
export function marginalSentence(price: MarginalPrice, nameOf: (classIndex: number) => string): string {
  const { nearest } = price;
  const shared =
    nearest === null
      ? 'nothing to share with'
      : `${formatShare(nearest.shared, 0)} shared with ${nameOf(nearest.class)}`;
  return `adding ${nameOf(price.class)}: ${added(price)}, ${shared}`;
}

/** `+41.0 kB, +81.1 k FLOPs`; a class that costs nothing says so. */
export function added({ weightsBytes, flops }: Pick<MarginalPrice, 'weightsBytes' | 'flops'>): string {
  if (weightsBytes <= 0 && flops <= 0) return 'free';
  return `+${formatBytes(weightsBytes)}, +${formatCount(flops)} FLOPs`;
}

/** The classes that are not in the set yet, the cheapest first; of two that cost the same, in the order of the model. */
export function byPrice(
  marginal: readonly MarginalPrice[],
  inSet: readonly number[],
): readonly MarginalPrice[] {
  return marginal
    .filter(({ class: index }) => !inSet.includes(index))
    .toSorted((a, b) => a.weightsBytes - b.weightsBytes || a.flops - b.flops || a.class - b.class);
}
