export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  /** @param size what it takes, in the unit of the bound */
  set(key: string, value: Value, size: number): void;
}

/** Keeps what was used last, as much as fits; what alone would take more than an eighth is not kept. */
export function boundedCache<Value>(most: number): BoundedCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly size: number }>();
  let total = 0;
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      // Maps keep the order of insertion: the first is the one that was not used for longest.
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, size) {
      if (size > most / 8) return;
      total += size - (entries.get(key)?.size ?? 0);
      entries.delete(key);
      entries.set(key, { value, size });
      for (const [oldest, { size: freed }] of entries) {
        if (total <= most) break;
        entries.delete(oldest);
        total -= freed;
      }
    },
  };
}
