import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { isModaError, ModaError } from '@moda/contracts';
import { inTrace, type Trace, traceOf } from '@moda/service-kit';
import type { ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { describeErrors, describeResult } from '../streams/describe-result.js';
import { asGraphqlError, openSubscription, prepareSubscription } from '../streams/subscribe.js';
import { type Caller, callerOf } from '../subgraphs/caller.js';
import type { StreamParts } from './event-stream.js';
import { isKnownOrigin, type KnowsHost } from './known-hosts.js';

/** How many subscriptions one connection carries. */
const maxSubscriptions = 100;
/** How long the last words may take to leave, and clients to say goodbye (ms). */
const closeGraceMs = 1_000;
const sweepEveryMs = 10;
/** Closed by a service that stops, as clients know it. */
const goingAway = 1001;
/** Closed for a stranger, as clients of graphql-ws know it: they do not try again. */
const unauthorized = 4401;

/** Subscriptions over WebSocket at `/graphql`, in the protocol of graphql-ws; proofs may come with `connection_init`. */
export function serveWebSockets(server: Server, knowsHost: KnowsHost, parts: StreamParts) {
  const { access, open, logger, maxBodyBytes, stallMs } = parts;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes, perMessageDeflate: false });
  const connections = new Set<Readonly<Record<string, unknown>>>();
  const served = useServer(
    {
      async onConnect({ connectionParams, extra, subscriptions }) {
        try {
          await access.identify(authorizationOn(extra.request, connectionParams));
        } catch (error) {
          // Strangers may not keep a connection.
          if (isModaError(error)) extra.socket.close(unauthorized, error.code);
          else logger.error({ err: error }, 'Nobody could tell who opened a WebSocket.');
          return false;
        }
        connections.add(subscriptions);
        return true;
      },
      onDisconnect({ subscriptions }) {
        connections.delete(subscriptions);
      },
      onSubscribe({ extra, connectionParams, subscriptions }, _id, payload) {
        if (Object.keys(subscriptions).length > maxSubscriptions) return [tooMany()];
        const caller = callerOn(extra.request, connectionParams);
        const prepared = prepareSubscription(payload, caller, parts);
        return prepared.kind === 'prepared' ? prepared.args : prepared.errors;
      },
      async subscribe(args) {
        const subscribed = await openSubscription(withCaller(args), open);
        return subscribed.kind === 'open' ? subscribed.results : { errors: subscribed.errors };
      },
      onNext: (_context, _id, _payload, args, result) =>
        inTrace(traceOf(withCaller(args).contextValue.traceparent), () => describeResult(result, logger)),
      onError: ({ extra }, _id, _payload, errors) =>
        inTrace(traceOn(extra.request), () => describeErrors(errors, logger)),
    },
    sockets,
    // A client that does not answer within the same time again is cut off.
    stallMs / 2,
  );

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const { pathname } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname !== '/graphql') refuse(socket, '404 Not Found');
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
      const deadline = performance.now() + closeGraceMs;
      const isAsked = () => [...connections].some((open) => Object.keys(open).length > 0);
      while (isAsked() && performance.now() < deadline) await wait(sweepEveryMs);
      for (const client of sockets.clients) client.close(goingAway, 'The gateway stops.');
      const cut = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, closeGraceMs);
      await served.dispose();
      clearTimeout(cut);
    },
  };
}

/** One trace for all that is asked on a connection: its header was sent once. */
const traces = new WeakMap<IncomingMessage, Trace>();

function traceOn(request: IncomingMessage): Trace {
  const header = request.headers['traceparent'];
  const trace = traces.get(request) ?? traceOf(typeof header === 'string' ? header : undefined);
  traces.set(request, trace);
  return trace;
}

/** Browsers cannot set headers of a WebSocket; what they say at its start counts as such. */
function authorizationOn(request: IncomingMessage, said: Readonly<Record<string, unknown>> = {}) {
  const authorization = said['authorization'] ?? said['Authorization'];
  return typeof authorization === 'string' && !/[\r\n]/.test(authorization)
    ? authorization
    : request.headers.authorization;
}

function callerOn(request: IncomingMessage, said: Readonly<Record<string, unknown>> | undefined): Caller {
  const authorization = authorizationOn(request, said);
  return callerOf({ ...(authorization !== undefined && { authorization }) }, traceOn(request).traceparent);
}

/** What was prepared above comes back as the library types it. */
function withCaller(args: ExecutionArgs) {
  return args as ExecutionArgs & { readonly contextValue: Caller };
}

function tooMany() {
  return asGraphqlError(
    new ModaError(
      'REQUEST_TOO_COMPLEX',
      `A connection carries ${maxSubscriptions} subscriptions at most; end one, or open another connection.`,
      { most: maxSubscriptions },
    ),
  );
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
