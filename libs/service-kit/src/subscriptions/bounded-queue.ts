/** What waits for one subscriber: a few items, however slowly they are taken. */
export interface BoundedQueue<Item> {
  /** Adds an item; where no more fit, all that waits is dropped and the queue fails. False once it takes nothing any more. */
  push(item: Item): boolean;
  /** Lets those who take fail, at once. */
  fail(error: unknown): void;
  /** No item follows those that wait. */
  close(): void;
  /** The next item, undefined after the last one. One taker at a time. */
  take(): Promise<Item | undefined>;
}

/**
 * @param limit how many items wait at most
 * @param tooSlow the failure of a subscriber for whom more would have to wait
 */
export function boundedQueue<Item extends object>(limit: number, tooSlow: () => Error): BoundedQueue<Item> {
  let items: Item[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake: (() => void) | undefined;
  const stir = (): void => {
    wake?.();
    wake = undefined;
  };
  const queue: BoundedQueue<Item> = {
    push(item) {
      if (end !== undefined) return false;
      if (items.length >= limit) {
        queue.fail(tooSlow());
        return false;
      }
      items.push(item);
      stir();
      return true;
    },
    fail(error) {
      if (end !== undefined) return;
      end = { error };
      items = [];
      stir();
    },
    close() {
      end ??= {};
      stir();
    },
    async take() {
      while (items.length === 0 && end === undefined) await new Promise<void>((resolve) => (wake = resolve));
      const item = items.shift();
      if (item !== undefined) return item;
      if (end !== undefined && 'error' in end) throw end.error;
      return undefined;
    },
  };
  return queue;
}
