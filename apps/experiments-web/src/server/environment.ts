import { z } from 'zod';

const shape = z.object({
  /** Where this app reaches the gateway. */
  MODA_GATEWAY: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000'),
  /** Where this app reaches the marketplace, which people see below it. */
  MARKETPLACE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3001'),
});

/**
 * All that this app takes from the environment, read anew for every request: the app is built once and runs anywhere.
 *
 * @throws Error with every complaint
 */
export function webEnvironment() {
  const given = shape.safeParse(process.env);
  if (!given.success)
    throw new Error(
      given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  return {
    gatewayUrl: given.data.MODA_GATEWAY.replace(/\/$/, ''),
    marketplaceUrl: given.data.MARKETPLACE_URL.replace(/\/$/, ''),
  };
}
