'use client';

import { useSyncExternalStore } from 'react';
import { latencyOf, type MeasuredLatency } from './latency-store';

/** What this browser measured for a set; nothing while a page is made on the server. */
export function useLatency(
  set: Pick<MeasuredLatency, 'of' | 'classes' | 'tau'>,
): MeasuredLatency | undefined {
  const known = useSyncExternalStore(
    subscribe,
    () => JSON.stringify(latencyOf(set) ?? null),
    () => 'null',
  );
  return (JSON.parse(known) as MeasuredLatency | null) ?? undefined;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener('storage', listener);
  };
}
