import { createGatewayClient, type GatewayClient } from '@moda/gateway-client';
import { tokenCookie } from '@moda/gateway-client/server';
import { cookies } from 'next/headers';
import { webEnvironment } from './environment';

/** Asks the gateway while a page is made, as the person who wants to see it. */
export async function gatewayOfRequest(): Promise<GatewayClient> {
  const { gatewayUrl } = webEnvironment();
  const token = (await cookies()).get(tokenCookie)?.value;
  return createGatewayClient({
    url: `${gatewayUrl}/graphql`,
    streamUrl: `${gatewayUrl}/graphql/stream`,
    headers: (): Record<string, string> => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    // A page comes without its figures rather than late: the browser asks again.
    timeoutMs: 4_000,
  });
}
