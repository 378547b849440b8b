import type { Cart } from './cart';
import { cartOfQuery, cartQuery } from './cart-address';

/** The cart as the server sees it: a copy of what the browser keeps, so that the first paint of a page is right already. */
export const cartCookie = 'moda.cart';

/** A browser keeps cookies of up to 4,096 bytes, name and attributes included. */
const longestValue = 3_800;
const yearSeconds = 365 * 24 * 60 * 60;

/** Text of `document.cookie` that keeps a cart; one that is too large for a cookie takes the last one away. */
export function cartCookieText(cart: Cart): string {
  const value = encodeURIComponent(cartQuery(cart));
  const kept = value.length <= longestValue;
  return `${cartCookie}=${kept ? value : ''}; path=/marketplace; max-age=${kept ? yearSeconds : 0}; samesite=lax`;
}

/** What came with a request: undefined where nothing did, so that nobody knows. */
export function readCartCookie(value: string | undefined): Cart | undefined {
  return value === undefined ? undefined : cartOfQuery(value);
}

/** Does nothing where there is no page or no right to cookies. */
export function keepCartCookie(cart: Cart): void {
  try {
    document.cookie = cartCookieText(cart);
  } catch {
    // The server then shows a page as if there was no cart, and the browser mends it.
  }
}
