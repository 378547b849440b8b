'use client';

import { useSearchParams } from 'next/navigation';
import { useContext, useEffect, useSyncExternalStore } from 'react';
import type { Cart } from './cart';
import { besidesCart, cartHref, cartQuery, readCart } from './cart-address';
import { CartOfRequest } from './cart-of-request';
import { useCart } from './use-cart';
import { basePath } from '../shell/links';

export interface ShownCart {
  /** False while a page is made on the server and neither address nor request tell a cart. */
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
  const sent = useContext(CartOfRequest);
  const isAwake = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const isOwnKnown = isAwake || sent !== undefined;
  // Where nobody knows yet: most carts are one's own.
  const isMine = !isOwnKnown || named === undefined || cartQuery(named) === cartQuery(own);

  // So that the address can be shared as soon as the page is seen.
  useEffect(() => {
    if (named === undefined && own.groups.length > 0) show(own);
  }, [named, own]);

  return {
    isKnown: isOwnKnown || named !== undefined,
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
  history.replaceState(null, '', `${basePath}${cartHref(cart, besidesCart(location.search))}`);
}

const neverChanges = () => () => undefined;
