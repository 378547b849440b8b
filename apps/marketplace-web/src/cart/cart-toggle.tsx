'use client';

import { Button } from '@moda/ui';
import { holds } from './cart';
import { useCart } from './use-cart';

interface CartToggleProps {
  /** `owner/model@version`. */
  readonly of: string;
  readonly classIndex: number;
  readonly className: string;
  readonly primary?: boolean;
}

/** Puts the module of a class into the cart, or takes it out again. */
export function CartToggle({ of, classIndex, className, primary = false }: CartToggleProps) {
  const [cart, { toggle }] = useCart();
  const isIn = holds(cart, of, classIndex);
  const does = isIn ? 'In the cart' : 'Add to cart';
  return (
    <Button
      small={!primary}
      kind={primary && !isIn ? 'primary' : 'plain'}
      className={isIn ? 'm-button--chosen' : ''}
      aria-label={`${does}: ${className} of ${of}`}
      title={isIn ? 'Take it out of the cart' : undefined}
      onClick={() => {
        toggle(of, classIndex);
      }}
    >
      {does}
    </Button>
  );
}
