'use client';

import { GatewayError } from '@moda/gateway-client';
import { LinkProvider, Toaster } from '@moda/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import type { Cart } from '../cart/cart';
import { CartOfRequest } from '../cart/cart-of-request';
import { RouterLink } from './router-link';

/** Answers stay fresh for so long (ms): what is published never changes, and new things may come a little later. */
const freshForMs = 30_000;
const mostRetries = 3;

interface ProvidersProps {
  /** That the request told of; undefined where it told of none. */
  readonly cart: Cart | undefined;
  readonly children: ReactNode;
}

/** What the parts of every page take for granted: answers that are kept, the state in the URL, and the cart. */
export function Providers({ cart, children }: ProvidersProps) {
  const [queries] = useState(createQueries);
  return (
    <QueryClientProvider client={queries}>
      <NuqsAdapter>
        <LinkProvider component={RouterLink}>
          <CartOfRequest value={cart}>{children}</CartOfRequest>
          <Toaster />
        </LinkProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshForMs,
        refetchOnWindowFocus: false,
        // A refusal stays one however often it is asked for; a service that is away comes back.
        retry: (failures, error) =>
          failures < mostRetries && error instanceof GatewayError && error.isPassing,
      },
    },
  });
}
