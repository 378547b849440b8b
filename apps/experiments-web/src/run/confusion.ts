/** Which classes a model takes for which. */
export interface Confusion {
  readonly names: readonly string[];
  /** `[true class][answer]`, images. */
  readonly counts: readonly (readonly number[])[];
}

/** The confusion matrix in the result of a run; undefined where there is none. */
export function confusionOf(result: Readonly<Record<string, unknown>> | null): Confusion | undefined {
  const evaluation = recordOf(result?.['evaluation']);
  const counts = evaluation?.['confusion'];
  if (!isSquare(counts)) return undefined;
  const perClass: readonly unknown[] = Array.isArray(evaluation?.['perClass']) ? evaluation['perClass'] : [];
  const names = counts.map((_, index) => {
    const name = recordOf(perClass[index])?.['name'];
    return typeof name === 'string' ? name : String(index);
  });
  return { names, counts };
}

/** Each row as shares of its sum, 0..1; null in the row of a class without images. */
export function rowShares(counts: readonly (readonly number[])[]): readonly (readonly (number | null)[])[] {
  return counts.map((row) => {
    const sum = row.reduce((total, count) => total + count, 0);
    return row.map((count) => (sum === 0 ? null : count / sum));
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function isSquare(value: unknown): value is readonly (readonly number[])[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (row: unknown) =>
        Array.isArray(row) && row.length === value.length && row.every((cell) => typeof cell === 'number'),
    )
  );
}
