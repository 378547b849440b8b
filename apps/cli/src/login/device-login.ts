import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { Renewal } from './login-file.js';

export interface DeviceLoginOptions {
  /** Address of the issuer, as OpenID Connect Discovery knows it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Shows the person where to confirm, and which code. */
  readonly onCode: (code: { readonly address: string; readonly code: string }) => void;
  readonly signal: AbortSignal;
}

export interface IssuedToken {
  readonly token: string;
  readonly renewal?: Renewal | undefined;
}

const requestTimeoutMs = 30_000;
/** RFC 8628: where the issuer names no interval, and what `slow_down` adds. */
const usualIntervalSeconds = 5;

const discoverySchema = z.object({ device_authorization_endpoint: z.url(), token_endpoint: z.url() });
const deviceSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.number(),
  interval: z.number().positive().default(usualIntervalSeconds),
});
const tokenSchema = z.object({
  access_token: z.string(),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
});
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * Logs in by a code that is confirmed in any browser (RFC 8628).
 *
 * @throws ModaError LOGIN_FAILED
 */
export async function loginByDevice(options: DeviceLoginOptions): Promise<IssuedToken> {
  const { issuer, clientId, scope, onCode, signal } = options;
  const known = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const { device_authorization_endpoint: endpoint, token_endpoint: tokenEndpoint } = await read(
    known,
    discoverySchema,
    { signal },
  );
  const device = await read(endpoint, deviceSchema, { form: { client_id: clientId, scope }, signal });
  onCode({
    address: device.verification_uri_complete ?? device.verification_uri,
    code: device.user_code,
  });
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: device.device_code,
    client_id: clientId,
  };
  const deadline = Date.now() + 1000 * device.expires_in;
  for (let interval = device.interval; Date.now() < deadline;) {
    await sleep(1000 * interval, undefined, { signal });
    const answer = await read(tokenEndpoint, z.union([tokenSchema, refusalSchema]), { form, signal });
    if ('access_token' in answer) return issued(answer, { tokenEndpoint, clientId });
    if (answer.error === 'slow_down') interval += usualIntervalSeconds;
    else if (answer.error !== 'authorization_pending') throw refused(tokenEndpoint, answer);
  }
  throw new ModaError('LOGIN_FAILED', 'Nobody confirmed the code in time; run moda login --device again.');
}

/**
 * A new token for one that expires.
 *
 * @throws ModaError LOGIN_FAILED
 */
export async function refreshTokens(renewal: Renewal): Promise<IssuedToken> {
  const { tokenEndpoint, clientId, refreshToken } = renewal;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
  const answer = await read(tokenEndpoint, z.union([tokenSchema, refusalSchema]), { form });
  if ('access_token' in answer)
    return issued({ refresh_token: refreshToken, ...answer }, { tokenEndpoint, clientId });
  throw refused(tokenEndpoint, answer);
}

function issued(
  { access_token: token, expires_in: seconds, refresh_token: refreshToken }: z.infer<typeof tokenSchema>,
  place: Pick<Renewal, 'tokenEndpoint' | 'clientId'>,
): IssuedToken {
  if (seconds === undefined || refreshToken === undefined) return { token };
  return {
    token,
    renewal: { ...place, refreshToken, expiresAt: new Date(Date.now() + 1000 * seconds).toISOString() },
  };
}

interface Question {
  /** Sent as a form where there is one. */
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

async function read<T>(url: string, schema: z.ZodType<T>, { form, signal }: Question): Promise<T> {
  let answer: unknown;
  try {
    const response = await fetch(url, {
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(requestTimeoutMs)]),
    });
    answer = await response.json();
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModaError(
      'LOGIN_FAILED',
      `The issuer of tokens does not answer at ${url} (${reason}); check --issuer.`,
      { url },
    );
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const said = refusalSchema.safeParse(answer);
  if (said.success) throw refused(url, said.data);
  throw new ModaError(
    'LOGIN_FAILED',
    `What answers at ${url} is no issuer of tokens with a login by device; check --issuer.`,
    { url },
  );
}

function refused(url: string, { error, error_description: words }: z.infer<typeof refusalSchema>): ModaError {
  const meaning =
    error === 'access_denied'
      ? 'The login was declined'
      : error === 'expired_token'
        ? 'Nobody confirmed the code in time'
        : `The issuer of tokens refuses the login (${words ?? error})`;
  return new ModaError('LOGIN_FAILED', `${meaning}; run moda login again.`, { url, error });
}
