import { cookies } from 'next/headers';
import type { Cart } from '../cart/cart';
import { cartCookie, readCartCookie } from '../cart/cart-cookie';

/** The cart that the browser told of; undefined where it told of none. */
export async function cartOfRequest(): Promise<Cart | undefined> {
  return readCartCookie((await cookies()).get(cartCookie)?.value);
}
