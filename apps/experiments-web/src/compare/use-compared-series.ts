'use client';
import { isTerminal } from '@moda/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import type { RunRowFragment } from '../graphql/generated/operations';
import { type ComparedSeries, loadSeries } from './load-series';
import { loadMetricNames, type NamesByRun } from './metric-names';
import type { StreamedCurves } from './streamed-rows';

/** Curves of running runs are looked up anew so often (ms). */
const refreshMs = 5_000;

/** Whether any of the runs will have more points than it has now. */
const grows = (runs: readonly RunRowFragment[]): boolean => runs.some(({ state }) => !isTerminal(state));

/**
 * The names of all metrics of the runs.
 *
 * @param first as they came with the page
 */
export function useMetricNames(runs: readonly RunRowFragment[], first: NamesByRun) {
  const ids = runs.map(({ id }) => id);
  const isKnown = ids.every((id) => first[id] !== undefined);
  return useQuery({
    queryKey: ['metric-names', ids],
    queryFn: ({ signal }) => loadMetricNames(gateway, ids, signal),
    ...(isKnown && { initialData: first }),
    placeholderData: keepPreviousData,
    refetchInterval: grows(runs) ? refreshMs : false,
  });
}

/**
 * The curves of some metrics of all runs.
 *
 * @param isTurn whether it is time to ask: what is seen first is asked for first, and alone
 * @param streamed what came with the page, for which it is always time
 */
export function useComparedSeries(
  runs: readonly RunRowFragment[],
  metrics: readonly string[],
  isTurn: boolean,
  streamed: StreamedCurves,
) {
  const ids = runs.map(({ id }) => id);
  return useQuery({
    queryKey: ['series', 'compared', ids, metrics],
    queryFn: async ({ signal }): Promise<ComparedSeries> =>
      (await streamed.take(ids, metrics)) ?? loadSeries(gateway, ids, metrics, signal),
    enabled: isTurn || streamed.has(ids, metrics),
    placeholderData: keepPreviousData,
    refetchInterval: grows(runs) ? refreshMs : false,
  });
}
