import type { Session } from '../command.js';
import { type Credentials, credentialsFor } from '../login/credentials.js';
import { GatewayClient } from './gateway-client.js';

/** The gateway that a command speaks with, as whoever is logged in there. */
export async function useGateway(
  session: Pick<Session, 'machine' | 'context'>,
  named: string | undefined,
): Promise<GatewayClient> {
  return clientFor(session, await credentialsFor(session.machine.gateway, named));
}

export function clientFor(
  { context }: Pick<Session, 'context'>,
  { address, token }: Credentials,
): GatewayClient {
  return new GatewayClient({
    address,
    token,
    signal: context.signal,
    onPartial: (message) => context.onProgress({ type: 'warning', message }),
  });
}
