'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { derivedRuns } from './derived-runs';

/** How often runs are looked at that are not over (ms). */
const whileLiveMs = 2_000;
const over: readonly string[] = ['succeeded', 'failed', 'cancelled'];

/** Runs that were made of these; asked for again as long as one of them is on its way. */
export function useDerivedRuns(experiment: string, sources: readonly string[]) {
  return useQuery({
    queryKey: ['derived-runs', experiment, ...sources],
    queryFn: ({ signal }) => derivedRuns(experiment, sources, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.some((run) => !over.includes(run.state)) === true ? whileLiveMs : false,
  });
}
