import { readAddresses } from '@moda/gateway-client/server';

/** Where this app reaches the gateway. */
const defaults = { MODA_GATEWAY: 'http://127.0.0.1:4000' };

/**
 * All that this app takes from the environment, read anew for every request: the app is built once and runs anywhere.
 *
 * @throws Error with every complaint
 */
export function webEnvironment() {
  const { MODA_GATEWAY: gatewayUrl } = readAddresses(process.env, defaults);
  return { gatewayUrl };
}
