import type { GatewayClient } from '@moda/gateway-client';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gatewayOfRequest } from './gateway';

interface FirstPaintProps {
  /** Asks for what the page shows first; what is not answered is asked for again in the browser. */
  readonly ask: (queries: QueryClient, gateway: GatewayClient) => readonly Promise<unknown>[];
  readonly children: ReactNode;
}

/** A part of a page that is complete when it arrives. */
export async function FirstPaint({ ask, children }: FirstPaintProps) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await Promise.allSettled(ask(queries, await gatewayOfRequest()));
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}
