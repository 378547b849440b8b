/** Mean and spread of measurements. */
export interface MeanAndDeviation {
  readonly mean: number;
  /** Of the sample (n - 1); null for fewer than two values, which have none. */
  readonly deviation: number | null;
  readonly n: number;
}

/** Undefined where nothing was measured. */
export function meanAndDeviation(values: readonly (number | null)[]): MeanAndDeviation | undefined {
  const measured = values.filter((value) => value !== null);
  const n = measured.length;
  if (n === 0) return undefined;
  const mean = measured.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, deviation: null, n };
  const squares = measured.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (n - 1)), n };
}
