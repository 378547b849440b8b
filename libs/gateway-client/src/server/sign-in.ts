import { z } from 'zod';
import { problemResponse } from './problem-response.js';
import { isSameOrigin } from './same-origin.js';
import { tokenCookieHeader } from './token-cookie.js';

export interface SignInOptions {
  readonly gatewayUrl: string;
  readonly fetch?: typeof fetch;
}

const requestSchema = z.object({ token: z.string().trim().min(1).max(8_192) });
const answerSchema = z.object({
  data: z.object({ me: z.object({ user: z.string(), role: z.string().nullable() }).nullish() }).nullish(),
});

/** Keeps a personal access token or a login token for the browser that sent it, once the gateway knows whose it is. */
export async function signIn(request: Request, options: SignInOptions): Promise<Response> {
  const { gatewayUrl, fetch: fetchFn = fetch } = options;
  if (!isSameOrigin(request))
    return problemResponse(403, 'FORBIDDEN', 'Pages of other sites may not sign anybody in.');
  const given = requestSchema.safeParse(await request.json().catch(() => undefined));
  if (!given.success)
    return problemResponse(400, 'REQUEST_INVALID', 'A token is one line of text; paste it whole.');
  const { token } = given.data;
  const answer: unknown = await fetchFn(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ me { user role } }' }),
    cache: 'no-store',
  })
    .then((response) => response.json() as Promise<unknown>)
    .catch(() => undefined);
  if (answer === undefined)
    return problemResponse(502, 'GATEWAY_UNREACHABLE', 'The gateway does not answer; try again in a moment.');
  const me = answerSchema.safeParse(answer).data?.data?.me;
  if (me == null)
    return problemResponse(
      401,
      'UNAUTHENTICATED',
      'Nobody is known by this token; see that it has not expired.',
    );
  return Response.json({ user: me.user, role: me.role }, { headers: keep(request, token) });
}

/** Forgets the token of the browser that asks; a personal token itself stays valid until it is revoked. */
export function signOut(request: Request): Response {
  if (!isSameOrigin(request))
    return problemResponse(403, 'FORBIDDEN', 'Pages of other sites may not sign anybody out.');
  return Response.json({}, { headers: keep(request, undefined) });
}

function keep(request: Request, token: string | undefined): Record<string, string> {
  const secure = (request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol).startsWith(
    'https',
  );
  return { 'set-cookie': tokenCookieHeader(token, secure), 'cache-control': 'no-store' };
}
