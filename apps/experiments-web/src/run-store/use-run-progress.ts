'use client';
import { followForGood } from '@moda/gateway-client';
import { useEffect } from 'react';
import { gateway } from '../gateway/browser-client';
import { RunProgressDocument } from '../graphql/generated/operations';
import { useRunStore } from './run-store-context';

/** As many as one subscription may name. */
const maxFollowed = 100;

/** Is told every change of these runs at once, while they are shown. The order of the ids does not matter. */
export function useRunProgress(ids: readonly string[]): void {
  const store = useRunStore();
  const key = [...new Set(ids)].sort().slice(0, maxFollowed).join(',');
  useEffect(() => {
    if (key === '') return undefined;
    const over = new AbortController();
    void followForGood({
      begin: (onConnected) =>
        gateway.follow(RunProgressDocument, { ids: key.split(',') }, over.signal, onConnected),
      onItem: ({ progress }) => {
        if (progress !== null) store.put([progress]);
      },
      onLive: () => undefined,
      signal: over.signal,
    }).catch(() => undefined); // The table is looked up every few seconds in any case.
    return () => over.abort();
  }, [key, store]);
}
