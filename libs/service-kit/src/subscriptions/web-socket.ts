import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { userOf } from '../graphql/user.js';
import { inTrace, type Trace, traceOf } from '../trace/trace.js';
import { describeErrors, describeResult } from './answer.js';
import type { SubscriptionOptions } from './subscription-options.js';

const path = '/graphql';
/** Closed by a service that stops, as clients know it. */
const goingAway = 1001;

export interface WebSocketOptions extends SubscriptionOptions {
  /** Whether the service goes by this name. */
  readonly knowsHost: (host: string | undefined) => boolean;
}

/** Subscriptions over WebSocket at `/graphql`, in the protocol of graphql-ws. */
export function serveWebSockets(server: Server, options: WebSocketOptions): { stop(): Promise<void> } {
  const { check, open, logger, maxBodyBytes, stallMs, knowsHost } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes, perMessageDeflate: false });
  const served = useServer<Record<string, unknown> | undefined, { trace: Trace }>(
    {
      onSubscribe({ extra }, _id, payload) {
        const checked = check(payload, contextOf(extra));
        return checked.kind === 'accepted' ? checked.args : checked.errors;
      },
      async subscribe(args) {
        const trace = traceOfContext(args.contextValue);
        const results = await inTrace(trace, () => subscribe(args));
        return Symbol.asyncIterator in results ? open.follow(results, trace) : results;
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
  trace?: Trace;
}

/** One trace for all that is asked on a connection: its header was sent once. */
function contextOf(extra: Connection): ServiceContext {
  const { headers } = extra.request;
  const trace = (extra.trace ??= traceOf(textOf(headers['traceparent'])));
  return { traceId: trace.traceId, user: userOf(textOf(headers['x-moda-user'])), trace };
}

interface ServiceContext {
  readonly traceId: string;
  readonly user: string;
  readonly trace: Trace;
}

function traceOfContext(context: unknown): Trace {
  return (context as ServiceContext).trace;
}

function textOf(header: string | string[] | undefined): string | undefined {
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
