import type { GatewayClient } from '@moda/gateway-client';
import { comparedMetrics } from './compared-metrics';
import { type ComparedSeries, loadSeries } from './load-series';
import type { NamesByRun } from './metric-names';
import { metricRows } from './metric-rows';
import { packSeries, unpackSeries } from './packed-series';

/** The curves of a row of charts, looked up while the page itself is still on its way. */
export interface StreamedRow {
  readonly ids: readonly string[];
  readonly metrics: readonly string[];
  /** Packed; null where they could not be had, so that the page asks itself and tells why. */
  readonly curves: Promise<string | null>;
}

/** While the curves of one row are put into words, those of the next are read; with more at once the first row would wait for the others. */
const rowsAtOnce = 2;

/**
 * Begins to look up the curves of every row of charts that is shown, the first row first, so that a page that is made need not be awake
 * before they are asked for.
 *
 * @param chosen metrics whose charts are shown; all where none are named
 */
export function beginRows(
  gateway: GatewayClient,
  ids: readonly string[],
  names: NamesByRun,
  chosen: readonly string[],
): readonly StreamedRow[] {
  const rows = metricRows(comparedMetrics(Object.values(names).flat())).filter(
    (metrics) => chosen.length === 0 || metrics.some((name) => chosen.includes(name)),
  );
  const begun: StreamedRow[] = [];
  for (const metrics of rows) {
    const turn = begun.at(-rowsAtOnce)?.curves ?? Promise.resolve();
    const curves = turn.then(() => loadSeries(gateway, ids, metrics)).then(packSeries, () => null);
    begun.push({ ids, metrics, curves });
  }
  return begun;
}

/** Curves that came with the page, each of which is taken once: whoever asks again wants what is there by then. */
export interface StreamedCurves {
  has(ids: readonly string[], metrics: readonly string[]): boolean;
  /** Undefined where they did not come with the page. */
  take(ids: readonly string[], metrics: readonly string[]): Promise<ComparedSeries | undefined>;
}

export function streamedCurves(rows: readonly StreamedRow[]): StreamedCurves {
  const left = new Map(rows.map(({ ids, metrics, curves }) => [keyOf(ids, metrics), curves]));
  return {
    has: (ids, metrics) => left.has(keyOf(ids, metrics)),
    async take(ids, metrics) {
      const key = keyOf(ids, metrics);
      const curves = left.get(key);
      left.delete(key);
      const text = await curves;
      return text == null ? undefined : unpackSeries(text);
    },
  };
}

function keyOf(ids: readonly string[], metrics: readonly string[]): string {
  return JSON.stringify([ids, metrics]);
}
