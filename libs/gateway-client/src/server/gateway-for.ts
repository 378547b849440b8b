import { createGatewayClient, type GatewayClient } from '../gateway-client.js';

/** A page comes without its figures rather than late: the browser asks again (ms). */
const timeoutMs = 4_000;

/**
 * Asks the gateway while a page is made, as the person who wants to see it.
 *
 * @param gatewayUrl `http://127.0.0.1:4000`
 * @param token of that person, if there is one
 */
export function gatewayFor(gatewayUrl: string, token: string | undefined): GatewayClient {
  return createGatewayClient({
    url: `${gatewayUrl}/graphql`,
    streamUrl: `${gatewayUrl}/graphql/stream`,
    headers: (): Record<string, string> => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    timeoutMs,
  });
}
