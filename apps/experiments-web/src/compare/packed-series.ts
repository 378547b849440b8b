import type { ComparedSeries } from './load-series';

/** A curve as it comes with the page: run, metric, points in all, steps as distances from one to the next, and values. */
type PackedCurve = readonly [string, string, number, readonly number[], readonly (number | null)[]];

/** Curves as one text, a third as long as the answer that they came in: a page that is made carries them in its own code. */
export function packSeries(series: ComparedSeries): string {
  return JSON.stringify(
    series.map(({ runId, name, total, points }): PackedCurve => [
      runId,
      name,
      total,
      points.map(({ step }, place) => step - (points[place - 1]?.step ?? 0)),
      points.map(({ value }) => value),
    ]),
  );
}

/** The curves that `packSeries` wrote. */
export function unpackSeries(text: string): ComparedSeries {
  return (JSON.parse(text) as readonly PackedCurve[]).map(([runId, name, total, distances, values]) => {
    let step = 0;
    return {
      runId,
      name,
      total,
      points: values.map((value, place) => {
        step += distances[place] ?? 0;
        return { step, value };
      }),
    };
  });
}
