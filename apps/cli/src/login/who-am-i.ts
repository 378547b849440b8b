import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { documentOf } from '../gateway/document.js';
import type { GatewayClient } from '../gateway/gateway-client.js';

const answer = z.object({ me: z.object({ user: z.string(), role: z.string().nullable() }).nullable() });

export const meDocument = documentOf<object, z.infer<typeof answer>>('query Me { me { user role } }', answer);

export interface Me {
  readonly user: string;
  /** Null for somebody who is known and was given no role. */
  readonly role: string | null;
}

/**
 * Whom the services take the caller for.
 *
 * @throws ModaError UNAUTHENTICATED, and what the gateway throws
 */
export async function whoAmI(client: GatewayClient): Promise<Me> {
  const { me } = await client.ask(meDocument, {});
  if (me) return me;
  throw new ModaError(
    'UNAUTHENTICATED',
    `${client.address} knows nobody by this token; log in with moda login.`,
  );
}
