'use client';
import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import type { RunRowFragment } from '../graphql/generated/operations';
import { createRunStore, mergeRows, type RunStore } from './run-store';

const RunStoreContext = createContext<RunStore | undefined>(undefined);

export function RunStoreProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(createRunStore);
  return <RunStoreContext.Provider value={store}>{children}</RunStoreContext.Provider>;
}

/** @throws Error outside of `RunStoreProvider` */
export function useRunStore(): RunStore {
  const store = useContext(RunStoreContext);
  if (store === undefined) throw new Error('There is no store of runs here; render RunStoreProvider above.');
  return store;
}

const none: readonly RunRowFragment[] = [];

/** The runs that are known, the newest first, among them those that came with the page. */
export function useKnownRuns(fromPage: readonly RunRowFragment[] = none): readonly RunRowFragment[] {
  const store = useRunStore();
  const known = useSyncExternalStore(store.subscribe, store.rows, () => none);
  return useMemo(() => mergeRows(fromPage, known), [fromPage, known]);
}
