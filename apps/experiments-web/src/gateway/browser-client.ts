import { createGatewayClient } from '@moda/gateway-client';

/** Asks the gateway from a page, through this app: it adds who asks. */
export const gateway = createGatewayClient({
  url: '/api/graphql',
  streamUrl: '/api/stream',
});
