/** A number of ours for a cell of the paper. */
export interface Measured {
  readonly mean: number;
  /** Standard deviation over the seeds; undefined of one. */
  readonly deviation: number | undefined;
  /** Seeds. */
  readonly count: number;
  /** What was computed on, and when the last run ended; RFC 3339. */
  readonly devices: readonly string[];
  readonly endedAt: string | undefined;
  readonly runIds: readonly string[];
}

/** One run's number. */
export interface Sample {
  readonly runId: string;
  readonly seed: number;
  readonly value: number | null | undefined;
  readonly device: string | null;
  readonly endedAt: string | null;
}

/** Mean and deviation over seeds: of several runs with one seed the newest counts. Undefined where no run has the number. */
export function measuredFrom(samples: readonly Sample[]): Measured | undefined {
  const bySeed = new Map<number, Sample & { readonly value: number }>();
  for (const sample of samples) {
    const { seed, value } = sample;
    if (value == null) continue;
    const known = bySeed.get(seed);
    if (known === undefined || (sample.endedAt ?? '') > (known.endedAt ?? ''))
      bySeed.set(seed, { ...sample, value });
  }
  const taken = [...bySeed.values()];
  if (taken.length === 0) return undefined;
  const mean = taken.reduce((sum, { value }) => sum + value, 0) / taken.length;
  const squares = taken.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: taken.length > 1 ? Math.sqrt(squares / (taken.length - 1)) : undefined,
    count: taken.length,
    devices: [...new Set(taken.flatMap(({ device }) => device ?? []))],
    endedAt: taken
      .flatMap(({ endedAt }) => endedAt ?? [])
      .sort()
      .at(-1),
    runIds: taken.map(({ runId }) => runId),
  };
}
