import { createGatewayClient } from '@moda/gateway-client';

/** Asks the gateway from a page, through this app: it adds who asks. */
export const gateway = createGatewayClient({
  url: '/marketplace/api/graphql',
  streamUrl: '/marketplace/api/stream',
});
