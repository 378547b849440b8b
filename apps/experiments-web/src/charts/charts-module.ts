'use client';
import { useEffect, useSyncExternalStore } from 'react';

type Charts = typeof import('@moda/ui/charts');

let charts: Charts | undefined;
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Fetches what draws charts, once; also for a page that still waits for what they are to show. */
export function prepareCharts(): void {
  loading ??= import('@moda/ui/charts').then(
    (loaded) => {
      charts = loaded;
      for (const listener of listeners) listener();
    },
    () => {
      // The next chart asks again.
      loading = undefined;
    },
  );
}

/**
 * What draws charts, or undefined while it is on its way. Not a lazy component: React holds back what such a one shows for a third of a
 * second.
 */
export function useCharts(): Charts | undefined {
  useEffect(prepareCharts, []);
  return useSyncExternalStore(
    subscribe,
    () => charts,
    () => undefined,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
