'use client';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { readViews, type SavedView, storeView, watchViews } from './saved-views';
import { addressParsers, readTable, shortened, type TableChange, type TableState } from './table-address';

const none: readonly SavedView[] = [];

/** The views that this browser keeps, the oldest first. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(watchViews, readViews, () => none);
}

type SetTableState = (change: TableChange | ((before: TableState) => TableChange)) => void;

/** What the address says that the table shows. An address that would be too long names a view that this browser keeps. */
export function useTableState() {
  const [address, setAddress] = useQueryStates(addressParsers);
  const views = useSavedViews();
  const query = views.find(({ name }) => name === address.view)?.query;
  const state = useMemo((): TableState => {
    if (query !== undefined) return readTable(query);
    const { view: _, ...told } = address;
    return told;
  }, [query, address]);

  const writing = useRef<Promise<unknown>>(Promise.resolve());
  const setState: SetTableState = useCallback(
    (change) => {
      writing.current = setAddress(({ view, ...told }) => {
        const before = view === '' ? told : readTable(queryOf(view) ?? '');
        const next = { ...before, ...(typeof change === 'function' ? change(before) : change) };
        const short = shortened(next);
        if (short.kind === 'whole') return { ...next, view: null };
        storeView({ name: short.name, query: short.query, named: false });
        return { ...nothing, view: short.name };
      });
    },
    [setAddress],
  );
  return {
    state,
    setState,
    /** Resolves when the address is as the table: browsers allow only so many changes of it a second. The way back leads there. */
    written: useCallback(() => writing.current, []),
    /** A view that the address names and this browser does not keep. */
    unknownView: address.view !== '' && query === undefined ? address.view : undefined,
  };
}

const nothing = Object.fromEntries(Object.keys(addressParsers).map((key) => [key, null])) as {
  readonly [Key in keyof typeof addressParsers]: null;
};

function queryOf(view: string): string | undefined {
  return readViews().find(({ name }) => name === view)?.query;
}
