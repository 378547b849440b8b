import type { RunRowFragment } from '../graphql/generated/operations';

/** Every run that the pages of this visit know of, as it was heard of last. */
export interface RunStore {
  /** Takes in runs as an answer told them. */
  readonly put: (rows: readonly RunRowFragment[]) => void;
  /** The newest first; the same list until something changes. */
  readonly rows: () => readonly RunRowFragment[];
  readonly subscribe: (listener: () => void) => () => void;
}

export function createRunStore(): RunStore {
  let rows: readonly RunRowFragment[] = [];
  const listeners = new Set<() => void>();
  return {
    put(news) {
      const merged = mergeRows(rows, news);
      if (merged === rows) return;
      rows = merged;
      for (const listener of listeners) listener();
    },
    rows: () => rows,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * Runs with news of some of them, the newest run first. Answers overtake one another: news with an older last event than is known change
 * nothing. The very same list comes back where nothing changed.
 */
export function mergeRows(
  known: readonly RunRowFragment[],
  news: readonly RunRowFragment[],
): readonly RunRowFragment[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  let changed = false;
  for (const row of news) {
    const before = byId.get(row.id);
    if (before !== undefined && (before.lastSequence > row.lastSequence || isSame(before, row))) continue;
    byId.set(row.id, row);
    changed = true;
  }
  if (!changed) return known;
  return [...byId.values()].sort(newestFirst);
}

function newestFirst(a: RunRowFragment, b: RunRowFragment): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

function isSame(a: RunRowFragment, b: RunRowFragment): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
