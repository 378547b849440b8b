'use client';

import { AppLink, ButtonLink } from '@moda/ui';
import type { MouseEvent, ReactNode } from 'react';
import type { Cart } from './cart';
import { cartHref } from './cart-address';

interface CartMoveProps {
  /** What the cart becomes. */
  readonly to: Cart;
  readonly onChange: (cart: Cart) => void;
  /** Where the visible words say too little by themselves. */
  readonly label?: string;
  /** Stands by itself, and not in a sentence. */
  readonly button?: boolean;
  readonly children: ReactNode;
}

/** Turns the cart into another one. It is the address of that cart too: it opens in another tab, and works before any script does. */
export function CartMove({ to, onChange, label, button = false, children }: CartMoveProps) {
  const target = {
    href: cartHref(to),
    'aria-label': label,
    onClick: (event: MouseEvent) => {
      if (opensElsewhere(event)) return;
      event.preventDefault();
      onChange(to);
    },
    children,
  };
  return button ? <ButtonLink small {...target} /> : <AppLink {...target} />;
}

function opensElsewhere({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return ctrlKey || metaKey || shiftKey || altKey;
}
