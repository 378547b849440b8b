import type { GatewayClient } from '@moda/gateway-client';
import { ComposeAtRegistryDocument, RegistryCompositionDocument } from '../graphql/generated/operations';
import type { CompositionChoice } from './composition-choice';

/** What the registry says of the same composition. */
export type RegistryDigest =
  | { readonly kind: 'known'; readonly digest: string }
  /** It would have to cut it first, and refused. */
  | { readonly kind: 'unknown'; readonly code: string; readonly message: string };

/**
 * The digest that the registry has for a composition; where it has none yet, it is asked to cut it.
 *
 * @throws GatewayError where nobody answers
 */
export async function registryDigest(
  gateway: Pick<GatewayClient, 'ask'>,
  derivationDigest: string,
  choice: CompositionChoice,
): Promise<RegistryDigest> {
  const { composition } = await gateway.ask(RegistryCompositionDocument, { id: derivationDigest });
  if (composition?.digest != null) return { kind: 'known', digest: composition.digest };
  const { of: reference, classes, tau } = choice;
  const { compose } = await gateway.ask(ComposeAtRegistryDocument, { reference, classes, tau });
  if (compose?.__typename === 'Composition' && compose.digest !== null)
    return { kind: 'known', digest: compose.digest };
  if (compose?.__typename === 'Problem')
    return { kind: 'unknown', code: compose.code, message: compose.message };
  return {
    kind: 'unknown',
    code: 'SUBGRAPH_UNAVAILABLE',
    message: 'The registry does not answer; try again in a moment.',
  };
}
