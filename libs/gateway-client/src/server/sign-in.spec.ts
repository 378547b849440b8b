import { describe, expect, it, vi } from 'vitest';
import { signIn, signOut } from './sign-in.js';

function session(body: unknown, { url = 'http://moda.test/api/session', headers = {} } = {}): Request {
  return new Request(url, {
    method: 'POST',
    headers: { host: new URL(url).host, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function signingIn(
  request: Request,
  answer: unknown = { data: { me: { user: 'ada', role: 'researcher' } } },
) {
  const gateway = vi.fn(async (_url: string, _init: RequestInit) => Response.json(answer));
  const response = signIn(request, {
    gatewayUrl: 'http://gateway.test',
    fetch: gateway as unknown as typeof fetch,
  });
  return { response, gateway };
}

async function codeOf(response: Promise<Response>): Promise<string> {
  const { errors } = (await (await response).json()) as {
    errors: readonly { extensions: { code: string } }[];
  };
  return errors[0]!.extensions.code;
}

describe('Signing in', () => {
  it('asks the gateway whose token it is, and tells', async () => {
    const { response, gateway } = signingIn(session({ token: ' moda_pat_x ' }));
    expect(await (await response).json()).toEqual({ user: 'ada', role: 'researcher' });
    expect(gateway.mock.calls[0]![1].headers).toMatchObject({ authorization: 'Bearer moda_pat_x' });
  });

  it('keeps the token where no script reads it and no other site sends it', async () => {
    const { response } = signingIn(session({ token: 'moda_pat_x' }));
    expect((await response).headers.get('set-cookie')).toBe(
      'moda_token=moda_pat_x; Path=/; HttpOnly; SameSite=Strict; Max-Age=7776000',
    );
  });

  it.each([
    ['its own address', 'https://moda.test/api/session', {}],
    ['the proxy before it', 'http://moda.test/api/session', { 'x-forwarded-proto': 'https' }],
  ])('sends the cookie over TLS only where %s says TLS', async (_, url, headers) => {
    const { response } = signingIn(session({ token: 'moda_pat_x' }, { url, headers }));
    expect((await response).headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  it('keeps nothing that the gateway does not know', async () => {
    const { response } = signingIn(session({ token: 'wrong' }), { data: { me: null } });
    expect((await response).headers.get('set-cookie')).toBeNull();
    expect((await response).status).toBe(401);
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
  });

  it.each([{}, { token: '' }, { token: 'x'.repeat(8_193) }])('refuses what is no token', async (body) => {
    const { response, gateway } = signingIn(session(body));
    expect((await response).status).toBe(400);
    expect(gateway).not.toHaveBeenCalled();
  });

  it('refuses pages of other sites', async () => {
    const { response } = signingIn(
      session({ token: 'moda_pat_x' }, { headers: { origin: 'http://elsewhere.test' } }),
    );
    expect(await codeOf(response)).toBe('FORBIDDEN');
  });

  it('says that the gateway is away', async () => {
    const response = signIn(session({ token: 'moda_pat_x' }), {
      gatewayUrl: 'http://gateway.test',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect((await response).status).toBe(502);
    expect(await codeOf(response)).toBe('GATEWAY_UNREACHABLE');
  });
});

describe('Signing out', () => {
  it('makes the browser forget the token', () => {
    expect(signOut(session({})).headers.get('set-cookie')).toBe(
      'moda_token=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
    );
  });

  it('is no business of other sites', () => {
    expect(signOut(session({}, { headers: { origin: 'http://elsewhere.test' } })).status).toBe(403);
  });
});
