import { type Budget, isWithin, type Offer, type Overrun } from './budget';

/** So many rows are compared at a glance. */
const usualMost = 5;

/**
 * The best offers within a budget, the most accurate first and one of each version. What was not measured comes last, the lowest threshold
 * first: it keeps the most of what was trained. Of two that are as good, the smaller one.
 */
export function bestWithin<Some extends Offer>(
  offers: readonly Some[],
  budget: Budget,
  most = usualMost,
): readonly Some[] {
  const ranked = offers.filter((offer) => isWithin(offer, budget)).toSorted(byMerit);
  return ranked.filter(({ of }, at) => ranked.findIndex((other) => other.of === of) === at).slice(0, most);
}

/**
 * The offer that is over a budget by the smallest share of it; undefined where something fits or there is nothing. Of two bounds the one
 * that is exceeded more counts.
 */
export function nearestOver<Some extends Offer>(
  offers: readonly Some[],
  budget: Budget,
): Overrun<Some> | undefined {
  if (offers.some((offer) => isWithin(offer, budget))) return undefined;
  const [offer] = offers.toSorted((a, b) => excess(a, budget) - excess(b, budget) || byMerit(a, b));
  if (offer === undefined) return undefined;
  const { maxBytes = Infinity, maxFlops = Infinity } = budget;
  return {
    offer,
    overBytes: Math.max(0, offer.weightsBytes - maxBytes),
    overFlops: Math.max(0, offer.flops - maxFlops),
  };
}

function byMerit(a: Offer, b: Offer): number {
  const bySize = a.weightsBytes - b.weightsBytes || a.flops - b.flops || a.of.localeCompare(b.of);
  if (a.accuracy === undefined && b.accuracy === undefined) return a.tau - b.tau || bySize;
  return (b.accuracy ?? -1) - (a.accuracy ?? -1) || bySize;
}

/** How many times the budget it takes, by the bound that it exceeds more. */
function excess(
  { weightsBytes, flops }: Offer,
  { maxBytes = Infinity, maxFlops = Infinity }: Budget,
): number {
  return Math.max(weightsBytes / maxBytes, flops / maxFlops);
}
