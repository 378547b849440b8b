'use client';

import { useContext, useSyncExternalStore } from 'react';
import { type Cart, emptyCart, holds, withClass, withoutClass } from './cart';
import { createCartStore } from './cart-store';
import { CartOfRequest } from './cart-of-request';

const store = createCartStore(typeof window === 'undefined' ? undefined : window);

export interface CartActions {
  readonly set: (cart: Cart) => void;
  readonly toggle: (of: string, classIndex: number) => void;
}

const actions: CartActions = {
  set: (cart) => {
    store.write(cart);
  },
  toggle: (of, classIndex) => {
    const cart = store.read();
    const change = holds(cart, of, classIndex) ? withoutClass : withClass;
    store.write(change(cart, of, classIndex));
  },
};

/** The cart of this browser; while a page is made on the server, the one that came with the request. */
export function useCart(): readonly [Cart, CartActions] {
  const sent = useContext(CartOfRequest);
  const cart = useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.read(),
    () => sent ?? emptyCart,
  );
  return [cart, actions];
}
