import '@moda/ui/styles.css';
import '../styles/site.css';
import { themeScript } from '@moda/ui';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '../shell/providers';
import { SiteShell } from '../shell/site-shell';

export const metadata: Metadata = { title: { default: 'MODA', template: '%s · MODA' } };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <Providers>
          <SiteShell>{children}</SiteShell>
        </Providers>
      </body>
    </html>
  );
}
