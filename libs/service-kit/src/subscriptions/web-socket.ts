import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { isModaError } from '@moda/contracts';
import { GraphQLError, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../access/authenticator.js';
import { authorizationOf } from '../access/request-access.js';
import { lifetimeOf } from '../access/watch-identity.js';
import type { RequestContext } from '../service/service.js';
import { inTrace, type Trace, traceOf } from '../trace/trace.js';
import { describeErrors, describeResult } from './answer.js';
import type { SubscriptionOptions } from './subscription-options.js';

const path = '/graphql';
/** Closed by a service that stops, as clients know it. */
const goingAway = 1001;
/** Closed for a stranger, as clients of graphql-ws know it: they do not try again. */
const unauthorized = 4401;

export interface WebSocketOptions extends SubscriptionOptions {
  /** Whether the service goes by this name. */
  readonly knowsHost: (host: string | undefined) => boolean;
}

/** Subscriptions over WebSocket at `/graphql`, in the protocol of graphql-ws. */
export function serveWebSockets(server: Server, options: WebSocketOptions): { stop(): Promise<void> } {
  const { access, check, open, logger, maxBodyBytes, stallMs, knowsHost } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes, perMessageDeflate: false });
  const served = useServer<Record<string, unknown> | undefined, Pick<Connection, 'authorization' | 'trace'>>(
    {
      async onConnect({ connectionParams, extra }) {
        extra.authorization = textOf(connectionParams?.['authorization']) ?? authorizationOf(extra.request);
        try {
          await access.identify(extra.authorization);
          return true;
        } catch (error) {
          // Strangers may not keep a connection.
          if (isModaError(error)) extra.socket.close(unauthorized, error.code);
          else logger.error({ err: error }, 'Nobody could tell who opened a WebSocket.');
          return false;
        }
      },
      async onSubscribe({ extra }, _id, payload) {
        const context = await contextOf(extra, access).catch(asGraphqlError);
        if (context instanceof GraphQLError) return [context];
        const checked = check(payload, context);
        return checked.kind === 'accepted' ? checked.args : checked.errors;
      },
      async subscribe(args) {
        const { trace, authorization, identity } = args.contextValue as ServiceContext;
        const results = await inTrace(trace, () => subscribe(args));
        if (!(Symbol.asyncIterator in results)) return results;
        return open.follow(results, trace, lifetimeOf(access, authorization, identity));
      },
      onNext: (_context, _id, _payload, args, result) =>
        inTrace(traceOfContext(args.contextValue), () => describeResult(result, logger)),
      onError: ({ extra }, _id, _payload, errors) =>
        inTrace(extra.trace ?? traceOf(undefined), () => describeErrors(errors, logger)),
    },
    sockets,
    // A client that does not answer within the same time again is cut off.
    stallMs / 2,
  );

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (new URL(request.url ?? '/', 'http://service').pathname !== path) refuse(socket, '404 Not Found');
    // A page of a foreign site may open sockets to this machine, and would ask with the rights of who reads it.
    else if (!knowsHost(request.headers.host) || !isKnownOrigin(request.headers.origin, knowsHost))
      refuse(socket, '403 Forbidden');
    else
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  };
  server.on('upgrade', upgrade);
  return {
    async stop() {
      server.off('upgrade', upgrade);
      for (const client of sockets.clients) client.close(goingAway, 'The service stops.');
      const cut = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, closeGraceMs);
      await served.dispose();
      clearTimeout(cut);
    },
  };
}

/** How long a client may take to say goodbye. */
const closeGraceMs = 1_000;

interface Connection {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  /** The header, or the parameter of the connection: browsers can send no header. */
  authorization?: string | undefined;
  trace?: Trace;
}

/** One trace for all that is asked on a connection: its header was sent once. Tokens end, so who asks is found out each time. */
async function contextOf(extra: Connection, access: Authenticator): Promise<ServiceContext> {
  const trace = (extra.trace ??= traceOf(textOf(extra.request.headers['traceparent'])));
  const { authorization } = extra;
  const identity = await access.identify(authorization);
  return { traceId: trace.traceId, identity, user: identity.user, authorization, trace };
}

interface ServiceContext extends RequestContext {
  readonly trace: Trace;
}

function asGraphqlError(error: unknown): GraphQLError {
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

function traceOfContext(context: unknown): Trace {
  return (context as ServiceContext).trace;
}

function textOf(header: unknown): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function isKnownOrigin(
  origin: string | undefined,
  knowsHost: (host: string | undefined) => boolean,
): boolean {
  // Programs that are no browsers name no origin.
  return origin === undefined || (URL.canParse(origin) && knowsHost(new URL(origin).host));
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
