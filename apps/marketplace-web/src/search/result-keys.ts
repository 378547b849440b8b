import { useShortcuts } from '@moda/ui';
import { useRouter } from 'next/navigation';
import { type RefObject, useState } from 'react';
import { cartHref } from '../cart/cart-address';
import { useCart } from '../cart/use-cart';

interface ResultKeys {
  /** Holds the results; each card has a link with `data-result`. */
  readonly list: RefObject<HTMLElement | null>;
  /** Keys of the results in their order. */
  readonly keys: readonly string[];
  /** What `x` does with a result. */
  readonly onChoose?: (key: string) => void;
}

export const resultShortcuts = [
  { key: '/', does: 'Look for a class' },
  { key: 'j', does: 'Next result' },
  { key: 'k', does: 'Result before' },
  { key: 'Enter', does: 'Open the result' },
  { key: 'x', does: 'Put the module into the cart, or take it out' },
  { key: 'c', does: 'Open the cart' },
] as const;

/** Moves through results by keys. In cards the focus itself moves, in rows it comes to the table, so that Enter opens what is seen. */
export function useResultKeys({ list, keys, onChoose }: ResultKeys) {
  const [cursor, setCursor] = useState<string | null>(null);
  const [cart] = useCart();
  const router = useRouter();

  function move(step: 1 | -1): void {
    const at = cursor === null ? -1 : keys.indexOf(cursor);
    const next = keys[at < 0 ? 0 : Math.min(Math.max(at + step, 0), keys.length - 1)];
    if (next === undefined) return;
    setCursor(next);
    const place = `[data-result="${CSS.escape(next)}"], .m-virtual`;
    list.current?.querySelector<HTMLElement>(place)?.focus();
  }

  useShortcuts({
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
    x: () => {
      if (cursor !== null) onChoose?.(cursor);
    },
    c: () => {
      router.push(cartHref(cart));
    },
  });
  return { cursor, setCursor } as const;
}
