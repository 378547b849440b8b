'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import type { Cart } from './cart';
import { cartHref, cartQuery, readCart } from './cart-address';
import { useCart } from './use-cart';
import { basePath } from '../shell/links';

export interface ShownCart {
  /** False while a page without an address of a cart is made on the server: what this browser keeps is not known there. */
  readonly isKnown: boolean;
  readonly cart: Cart;
  /** Whether it is the cart of this browser, and not one that somebody shared. */
  readonly isMine: boolean;
  /** Changes what is shown; a cart of this browser is kept, a shared one lives in the address alone. */
  readonly change: (cart: Cart) => void;
  /** Makes a shared cart the one of this browser. */
  readonly keep: () => void;
}

/** The cart that the address names; the one of this browser where it names none. */
export function useShownCart(): ShownCart {
  const parameters = useSearchParams();
  const [own, { set }] = useCart();
  const named = readCart(Object.fromEntries(parameters));
  const cart = named ?? own;
  // Until the page is awake nobody knows; most carts are one's own.
  const isAwake = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const isMine = !isAwake || named === undefined || cartQuery(named) === cartQuery(own);

  // So that the address can be shared as soon as the page is seen.
  useEffect(() => {
    if (named === undefined && own.groups.length > 0) show(own);
  }, [named, own]);

  return {
    isKnown: isAwake || named !== undefined,
    cart,
    isMine,
    change: (next) => {
      show(next);
      if (isMine) set(next);
    },
    keep: () => {
      set(cart);
    },
  };
}

/** In place of the address before: a slider would fill the history. Next hears of it and asks no server. */
function show(cart: Cart): void {
  history.replaceState(null, '', `${basePath}${cartHref(cart)}`);
}

const neverChanges = () => () => undefined;
