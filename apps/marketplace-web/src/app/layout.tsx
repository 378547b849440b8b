import '@moda/ui/styles.css';
import '../styles/marketplace.css';
import { themeScript } from '@moda/ui';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { MarketplaceShell } from '../shell/marketplace-shell';
import { cartOfRequest } from '../server/cart-of-request';
import { Providers } from '../shell/providers';

export const metadata: Metadata = {
  title: { default: 'Marketplace · MODA', template: '%s · MODA' },
  description: 'Find modules by class, see what they cost, compose them and try the result in the page.',
};

export default async function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <Providers cart={await cartOfRequest()}>
          <MarketplaceShell>{children}</MarketplaceShell>
        </Providers>
      </body>
    </html>
  );
}
