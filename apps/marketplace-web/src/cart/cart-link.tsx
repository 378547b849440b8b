'use client';

import Link from 'next/link';
import { cartSize } from './cart';
import { cartHref } from './cart-address';
import { useCart } from './use-cart';

/** Leads to the cart and says how much is in it. */
export function CartLink() {
  const [cart] = useCart();
  const size = cartSize(cart);
  return (
    <Link href={cartHref(cart)} className="m-cart-link">
      Cart
      <span className="m-cart-count" aria-hidden="true">
        {size}
      </span>
      <span className="visually-hidden" role="status">
        {size === 1 ? '1 class in the cart' : `${size} classes in the cart`}
      </span>
    </Link>
  );
}
