import { isSameOrigin } from './same-origin.js';
import { problemResponse } from './problem-response.js';
import { tokenOf } from './token-cookie.js';

export interface ForwardOptions {
  /** `http://127.0.0.1:4000`. */
  readonly gatewayUrl: string;
  readonly path: '/graphql' | '/graphql/stream';
  readonly fetch?: typeof fetch;
}

/** No question of a page is larger; the gateway has a limit of its own. */
const maxBodyBytes = 256 * 1024;

/**
 * Passes a question of a page on to the gateway, with the token that the browser keeps for it, and the answer back as it comes. So the pages
 * need one origin only, and no script of theirs ever holds a token.
 */
export async function forwardToGateway(request: Request, options: ForwardOptions): Promise<Response> {
  const { gatewayUrl, path, fetch: fetchFn = fetch } = options;
  if (!isSameOrigin(request))
    return problemResponse(
      403,
      'FORBIDDEN',
      'Pages of other sites may not ask here; ask the gateway itself.',
    );
  if (request.headers.get('content-type')?.startsWith('application/json') !== true)
    return problemResponse(415, 'REQUEST_INVALID', 'Questions are sent as JSON; set content-type.');
  const body = await request.text();
  if (body.length > maxBodyBytes)
    return problemResponse(413, 'REQUEST_INVALID', `A question has at most ${maxBodyBytes} characters.`);
  const token = tokenOf(request.headers.get('cookie'));
  const traceparent = request.headers.get('traceparent');
  try {
    const answer = await fetchFn(`${gatewayUrl}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: path === '/graphql' ? 'application/json' : 'text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(traceparent !== null && { traceparent }),
      },
      body,
      signal: request.signal,
      cache: 'no-store',
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        // Compression would hold events back until enough of them have come together.
        'cache-control': path === '/graphql' ? 'no-store' : 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const { cause } = error as Error;
    const { code, message } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
    const why = code ?? message ?? 'no connection';
    return problemResponse(
      502,
      'GATEWAY_UNREACHABLE',
      `The gateway does not answer (${why}); see that it runs, for example with \`npm start\`.`,
    );
  }
}
