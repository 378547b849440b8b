'use client';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import type { Archived } from '../graphql/generated/operations';
import { loadAllRuns, loadRunPage } from './load-runs';
import { useRunStore } from './run-store-context';

/** New runs appear within this time (ms). */
const pollMs = 5_000;

/** As many of the newest as could begin or change between two looks. */
const polledRuns = 50;

/**
 * Keeps the store of runs complete and fresh while a page that shows all of them is open.
 *
 * @param isWanted false as long as the page needs none of them
 */
export function useAllRuns(archived: Archived, isWanted = true) {
  const store = useRunStore();
  const all = useQuery({
    queryKey: ['runs', 'all', archived],
    queryFn: ({ signal }) => loadAllRuns(gateway, archived, store.put, signal),
    enabled: isWanted,
    staleTime: 60_000,
  });
  const latest = useQuery({
    queryKey: ['runs', 'latest'],
    queryFn: async ({ signal }) => {
      const page = await loadRunPage(gateway, { archived: 'any', first: polledRuns }, signal);
      store.put(page.rows);
      return page.total;
    },
    enabled: isWanted,
    refetchInterval: pollMs,
    staleTime: 0,
    // The next look comes soon by itself.
    retry: false,
  });
  return {
    /** How many there are; undefined until that is known. */
    total: all.data?.total,
    isLoading: all.isPending,
    error: all.error,
    /** Why the table is not told the newest at this moment. */
    pause: latest.error ?? undefined,
    retry: () => void all.refetch(),
  };
}
