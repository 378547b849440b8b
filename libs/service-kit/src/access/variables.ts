import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { defaultHost, flag, httpAddress } from '../environment/variables.js';

const loopbackHosts = ['127.0.0.1', 'localhost', '::1'];
const defaultAccessUrl = 'http://127.0.0.1:4001';

/** The variables that say who may use a service; the same for all of them. */
export const accessVariables = {
  AUTH_ISSUER: httpAddress().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_ROLES_CLAIM: z.string().default('roles'),
  AUTH_USER_CLAIM: z.string().default('sub'),
  AUTH_TOKENS: flag(),
  ACCESS_URL: httpAddress().default(defaultAccessUrl),
};

const meanings = {
  AUTH_ISSUER: 'issuer of logins (OpenID Connect); with it or AUTH_TOKENS everybody has to say who they are',
  AUTH_AUDIENCE: 'what its tokens must be made for; needed with AUTH_ISSUER',
  AUTH_ROLES_CLAIM:
    'where they name viewer, researcher, publisher or admin (roles; as in realm_access.roles)',
  AUTH_USER_CLAIM: 'where they name the user (sub)',
  AUTH_TOKENS: 'true takes personal access tokens (false)',
  ACCESS_URL: `where those are checked: the training service (${defaultAccessUrl})`,
} satisfies Record<keyof typeof accessVariables, string>;

/** Their part of a help text, with the meanings in a column. */
export function accessHelp(column: number): string {
  return Object.entries(meanings)
    .map(([name, meaning]) => `  ${name.padEnd(column)}${meaning}\n`)
    .join('');
}

export interface IssuerSettings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly audience: string;
  readonly rolesClaim: string;
  readonly userClaim: string;
}

export type AccessSettings =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'guarded';
      readonly issuer: IssuerSettings | undefined;
      /** Whether personal access tokens are accepted. */
      readonly tokens: boolean;
      /** Who checks them. */
      readonly accessUrl: string;
    };

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws ModaError ENVIRONMENT_INVALID for half a configuration: nobody may believe that they are guarded when they are not */
export function accessSettings(given: z.output<z.ZodObject<typeof accessVariables>>): AccessSettings {
  const { AUTH_ISSUER: url, AUTH_AUDIENCE: audience, AUTH_TOKENS: tokens, ACCESS_URL: accessUrl } = given;
  const { AUTH_ROLES_CLAIM: rolesClaim, AUTH_USER_CLAIM: userClaim } = given;
  if ((url === undefined) !== (audience === undefined))
    throw new ModaError(
      'ENVIRONMENT_INVALID',
      'AUTH_ISSUER and AUTH_AUDIENCE belong together, and one of them is missing; set both, or neither.',
    );
  const issuer =
    url === undefined || audience === undefined ? undefined : { url, audience, rolesClaim, userClaim };
  if (issuer === undefined && !tokens) return { kind: 'open' };
  return { kind: 'guarded', issuer, tokens, accessUrl };
}

/** Where to listen: the loopback address, and any other only where the service asks people who they are. */
export function listenHost(variables: Variables) {
  const guarded = Boolean(variables['AUTH_ISSUER']) || variables['AUTH_TOKENS'] === 'true';
  return z
    .string()
    .default(defaultHost)
    .refine((host) => guarded || loopbackHosts.includes(host), {
      error: ({ input }) =>
        `is ${JSON.stringify(input)}; only ${loopbackHosts.join(', ')} can be served while there is no authentication; ` +
        'set AUTH_ISSUER and AUTH_AUDIENCE, or AUTH_TOKENS=true, to listen elsewhere',
    });
}
