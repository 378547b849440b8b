/** Tighter than most publishers recommend, so that a smaller model is found where theirs is too large. */
const steps: readonly number[] = [0.6, 0.7, 0.8, 0.9, 0.95, 1];

/**
 * The thresholds at which a version is priced, ascending: the publisher's and tighter ones, among them that of the cart. A lower one keeps
 * more units, so it costs more than the publisher's, and nobody has measured whether it is worth that.
 *
 * @param published recommended by the publisher, 0..1
 * @param chosen the cart's own, where it has one
 */
export function thresholdsToPrice(published: number, chosen: number | undefined): readonly number[] {
  const tighter = [...steps, ...(chosen === undefined ? [] : [chosen])].filter((tau) => tau > published);
  return [...new Set([published, ...tighter])].sort((a, b) => a - b);
}
