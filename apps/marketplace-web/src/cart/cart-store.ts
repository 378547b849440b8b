import { type Cart, emptyCart } from './cart';
import { cartOfQuery, cartQuery } from './cart-address';
import { keepCartCookie } from './cart-cookie';

const key = 'moda.cart';

/** Keeps the cart of this browser; every tab sees the same one. */
export interface CartStore {
  read(): Cart;
  write(cart: Cart): void;
  /** @returns what ends it */
  subscribe(listener: () => void): () => void;
}

/**
 * A cart in the storage of the browser, written as the query string that shares it, with a copy for the server in a cookie. Where the browser keeps nothing, the cart lasts as long as the page.
 */
export function createCartStore(
  page: Pick<Window, 'addEventListener' | 'removeEventListener'> | undefined,
): CartStore {
  const listeners = new Set<() => void>();
  let text: string | undefined;
  let cart = emptyCart;

  function take(next: string): void {
    if (next === text) return;
    text = next;
    cart = cartOfQuery(next);
  }

  return {
    read() {
      if (text === undefined) {
        take(stored() ?? '');
        keepCartCookie(cart);
      }
      return cart;
    },
    write(next) {
      take(cartQuery(next));
      keep(text ?? '');
      keepCartCookie(cart);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      const onStorage = (event: StorageEvent): void => {
        if (event.key !== key && event.key !== null) return;
        take(event.newValue ?? '');
        listener();
      };
      listeners.add(listener);
      page?.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        page?.removeEventListener('storage', onStorage);
      };
    },
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing shows the cart for as long as the page is open.
  }
}
