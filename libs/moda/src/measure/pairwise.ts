/** A symmetric relation between all items, each pair computed once: `[i][j]`. */
export function pairwise<Item, Value>(
  items: readonly Item[],
  relate: (a: Item, b: Item) => Value,
): Value[][] {
  const rows: Value[][] = items.map(() => []);
  items.forEach((a, i) => {
    items.slice(0, i + 1).forEach((b, j) => {
      const value = relate(a, b);
      (rows[i] ??= [])[j] = value;
      (rows[j] ??= [])[i] = value;
    });
  });
  return rows;
}

/** Mean over the pairs i < j of a symmetric matrix; 0 where there is no pair. */
export function pairMean(matrix: readonly (readonly number[])[]): number {
  return meanOf(matrix.flatMap((row, i) => row.slice(0, i)));
}

/** Mean; 0 of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
