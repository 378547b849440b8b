'use client';
import { LinkProvider, Toaster } from '@moda/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { RunStoreProvider } from '../run-store/run-store-context';
import { createQueryClient } from './query-client';
import { RouterLink } from './router-link';

/** What every page of the app may use: questions with a memory, the address bar as state, links, messages, and the runs that are known. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <LinkProvider component={RouterLink}>
          <RunStoreProvider>{children}</RunStoreProvider>
          <Toaster />
        </LinkProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
