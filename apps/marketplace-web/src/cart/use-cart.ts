'use client';

import { useSyncExternalStore } from 'react';
import { type Cart, emptyCart, holds, withClass, withoutClass } from './cart';
import { createCartStore } from './cart-store';

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

/** The cart of this browser; empty while a page is made on the server. */
export function useCart(): readonly [Cart, CartActions] {
  const cart = useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.read(),
    () => emptyCart,
  );
  return [cart, actions];
}
