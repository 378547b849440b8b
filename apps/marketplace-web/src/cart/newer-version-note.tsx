'use client';

import { AppLink } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { versionHref } from '../references/version-reference';
import type { Cart, CartGroup } from './cart';
import { CartMove } from './cart-move';
import { cartVersion } from './cart-questions';
import { newerVersion, withGroupInstead } from './newer-version';

interface NewerVersionNoteProps {
  readonly cart: Cart;
  readonly group: CartGroup;
  readonly onChange: (cart: Cart) => void;
}

/** Says that a newer version of a model in the cart is out, and moves the cart to it. Nothing where there is none. */
export function NewerVersionNote({ cart, group, onChange }: NewerVersionNoteProps) {
  const { data: version } = useQuery(cartVersion(gateway, group.of));
  const newer = version == null ? undefined : newerVersion(group, version);
  if (newer === undefined) return null;
  const { reference, version: number, group: moved, without } = newer;
  return (
    <div className="m-note" role="note">
      <p>
        <strong>
          <AppLink href={versionHref(reference)}>{number}</AppLink> is out.
        </strong>{' '}
        The cart holds {group.of}.{' '}
        {moved === undefined ? (
          whyItStays(without)
        ) : (
          <CartMove to={withGroupInstead(cart, group.of, moved)} onChange={onChange}>
            Move the cart to {reference}
          </CartMove>
        )}
      </p>
    </div>
  );
}

function whyItStays(without: readonly string[]): string {
  return without.length === 0
    ? 'It was published without activation rates, so no module can be cut from it.'
    : `It has no class ${without.join(', ')}; take that out of the cart to move on.`;
}
