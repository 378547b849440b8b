import type { GatewayClient } from '@moda/gateway-client';
import { gatewayFor, tokenCookie } from '@moda/gateway-client/server';
import { cookies } from 'next/headers';
import { webEnvironment } from './environment';

/** Asks the gateway while a page is made, as the person who wants to see it. */
export async function gatewayOfRequest(): Promise<GatewayClient> {
  return gatewayFor(webEnvironment().gatewayUrl, (await cookies()).get(tokenCookie)?.value);
}
