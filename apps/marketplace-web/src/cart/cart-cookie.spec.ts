import { describe, expect, it } from 'vitest';
import { type Cart, emptyCart } from './cart';
import { cartCookieText, readCartCookie } from './cart-cookie';

const cart: Cart = {
  groups: [
    { of: 'ada/digits@1.0.0', classes: [0, 3] },
    { of: 'bob/letters@2.0.0', classes: [1] },
    { of: 'eve/signs@1.0.0', classes: [4] },
  ],
  tau: 0.8,
};

/** As a server reads a cookie. */
const valueOf = (text: string) => decodeURIComponent(/^moda\.cart=([^;]*)/.exec(text)?.[1] ?? '');

describe('the cart that goes with a request', () => {
  it('is the one of the browser', () => {
    expect(readCartCookie(valueOf(cartCookieText(cart)))).toEqual(cart);
  });

  it('is known to be empty, or not known', () => {
    expect(readCartCookie(valueOf(cartCookieText(emptyCart)))).toEqual(emptyCart);
    expect(readCartCookie(undefined)).toBeUndefined();
  });

  it('goes to the marketplace of this site alone', () => {
    expect(cartCookieText(cart)).toMatch(/; path=\/marketplace; max-age=\d+; samesite=lax$/);
  });

  it('is taken back where it is too large for a cookie', () => {
    const classes = Array.from({ length: 1_000 }, (_, index) => index);
    const text = cartCookieText({ groups: [{ of: 'ada/digits@1.0.0', classes }] });
    expect(text).toContain('max-age=0');
    expect(text.length).toBeLessThan(4_096);
  });

  it('is empty where something else is kept under its name', () => {
    expect(readCartCookie('{"groups":1}')).toEqual(emptyCart);
  });
});
