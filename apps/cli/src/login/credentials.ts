import { ModaError } from '@moda/contracts';
import { defaultGateway } from '../gateway/gateway-client.js';
import type { GatewaySettings } from '../surroundings.js';
import { type Login, readLogin } from './login-file.js';
import { renewed } from './renew-login.js';

/** Whom to ask, and as whom. */
export interface Credentials {
  readonly address: string;
  /** Asked for each time, since one that expires is renewed. */
  readonly token?: (() => Promise<string | undefined>) | undefined;
}

type Settings = Pick<GatewaySettings, 'address' | 'token' | 'configFolder'>;

/**
 * The gateway to ask: the one that is named, that of the environment, that of the login, or the one on this machine. A token goes to
 * the gateway that it was given for and to no other.
 *
 * @throws ModaError USAGE for an address that is none, LOGIN_INVALID
 */
export async function credentialsFor(settings: Settings, named: string | undefined): Promise<Credentials> {
  const login = await readLogin(settings.configFolder);
  const address = checkedAddress(named ?? settings.address ?? login?.gateway ?? defaultGateway);
  const { token } = settings;
  if (token !== undefined) return { address, token: async () => token };
  if (login === undefined || !sameGateway(address, login.gateway)) return { address };
  let current: Login = login;
  return {
    address,
    token: async () => {
      current = await renewed(settings.configFolder, current);
      return current.token;
    },
  };
}

/**
 * The token for a registry: the login's where the registry runs on the machine of its gateway, or where the environment names it,
 * which is as much the user's own word as the login is.
 */
export async function registryToken(
  settings: Settings,
  registry: { readonly address: string; readonly ofEnvironment: boolean },
): Promise<string | undefined> {
  const { address, token } = await credentialsFor(settings, undefined);
  if (registry.ofEnvironment) return token?.();
  return URL.canParse(registry.address) && new URL(registry.address).hostname === new URL(address).hostname
    ? token?.()
    : undefined;
}

/** @throws ModaError USAGE */
export function checkedAddress(address: string): string {
  if (/^https?:\/\/[^/?#]/.test(address) && URL.canParse(address)) return address.replace(/\/+$/, '');
  throw new ModaError(
    'USAGE',
    `${JSON.stringify(address)} is no address of a gateway; give one as in ${defaultGateway}.`,
  );
}

function sameGateway(one: string, other: string): boolean {
  return URL.canParse(other) && new URL(one).href === new URL(other).href;
}
