'use client';

import { AppShell } from '@moda/ui';
import type { ReactNode } from 'react';
import { CartLink } from '../cart/cart-link';
import { siteLinks } from './links';

/** What stands around every page of the marketplace. */
export function MarketplaceShell({ children }: { readonly children: ReactNode }) {
  return (
    <AppShell brandHref="/" brandExternal links={siteLinks} actions={<CartLink />}>
      {children}
    </AppShell>
  );
}
