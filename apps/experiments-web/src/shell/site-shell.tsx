'use client';
import { AppShell } from '@moda/ui';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { SessionNote } from '../session/session-note';
import { siteLinks } from './site-links';

/** The frame of every page: navigation, who is signed in, theme. */
export function SiteShell({ children }: { readonly children: ReactNode }) {
  const path = usePathname();
  return (
    <AppShell brandHref="/" links={siteLinks(path)} actions={<SessionNote />}>
      {children}
    </AppShell>
  );
}
