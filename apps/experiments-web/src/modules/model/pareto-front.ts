/** Something with a price, to be low, and a gain, to be high. */
export interface Bargain {
  readonly id: string;
  readonly price: number;
  readonly gain: number;
}

/**
 * Those that no other beats: none costs at most as much and gains at least as much, and is better in one of the two. By price, ascending;
 * of those that are equal in both all are in.
 */
export function paretoFront(candidates: readonly Bargain[]): string[] {
  const byPrice = [...candidates].sort((a, b) => a.price - b.price || b.gain - a.gain);
  const front: Bargain[] = [];
  for (const candidate of byPrice) {
    const best = front.at(-1);
    const isEqual = best?.price === candidate.price && best.gain === candidate.gain;
    if (best === undefined || candidate.gain > best.gain || isEqual) front.push(candidate);
  }
  return front.map(({ id }) => id);
}
