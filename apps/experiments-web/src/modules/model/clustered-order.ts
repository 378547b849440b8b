/**
 * An order in which what is alike stands together: hierarchical clustering with average linkage, read off from left to right. Of two
 * clusters that are joined, the one with the lowest item comes first, so that the order is the same for the same matrix.
 *
 * @param similarity symmetric, `[i][j]`, the higher the more alike
 * @returns every index once
 */
export function clusteredOrder(similarity: readonly (readonly number[])[]): number[] {
  let clusters = similarity.map((_, index) => [index]);
  while (clusters.length > 1) {
    const [a, b] = closest(clusters, similarity);
    const joined = [...(clusters[a] ?? []), ...(clusters[b] ?? [])];
    clusters = clusters.flatMap((cluster, index) => (index === a ? [joined] : index === b ? [] : [cluster]));
  }
  return clusters[0] ?? [];
}

/** The two most similar clusters, the first of equally similar ones; positions a < b. */
function closest(
  clusters: readonly (readonly number[])[],
  similarity: readonly (readonly number[])[],
): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let most = -Infinity;
  for (let a = 0; a < clusters.length; a++) {
    for (let b = a + 1; b < clusters.length; b++) {
      const mean = meanBetween(clusters[a] ?? [], clusters[b] ?? [], similarity);
      if (mean > most) {
        most = mean;
        best = [a, b];
      }
    }
  }
  return best;
}

function meanBetween(
  a: readonly number[],
  b: readonly number[],
  similarity: readonly (readonly number[])[],
): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += similarity[i]?.[j] ?? 0;
  return sum / (a.length * b.length);
}
