import { readAddresses } from '@moda/gateway-client/server';

/** Where this app reaches the gateway, and the marketplace, which people see below it. */
const defaults = { MODA_GATEWAY: 'http://127.0.0.1:4000', MARKETPLACE_URL: 'http://127.0.0.1:3001' };

/**
 * All that this app takes from the environment, read anew for every request: the app is built once and runs anywhere.
 *
 * @throws Error with every complaint
 */
export function webEnvironment() {
  const { MODA_GATEWAY: gatewayUrl, MARKETPLACE_URL: marketplaceUrl } = readAddresses(process.env, defaults);
  return { gatewayUrl, marketplaceUrl };
}
