import type { IncomingMessage, Server } from 'node:http';

/** Load balancers keep theirs for a minute: whoever stands behind one has to keep them longer. */
const toldMs = 60_000;

/** How much longer a connection is kept than clients are told. */
const marginMs = 5_000;

/**
 * Keeps a connection on which nobody asks for longer than clients are told, so that it is the client who closes it. Otherwise one that
 * asks at the very moment at which the server closes gets no answer, which a proxy passes on as status 500. Node tells
 * clients exactly the time that it keeps itself.
 *
 * @param idleMs what clients are told, a whole number of seconds (ms)
 */
export function keepConnections(server: Server, idleMs = toldMs): void {
  server.keepAliveTimeout = idleMs + marginMs;
  server.prependListener('request', (request, response) => {
    if (!isKept(request)) return;
    // Named by hand, or Node adds a hint of its own.
    response.setHeader('connection', 'keep-alive');
    response.setHeader('keep-alive', `timeout=${idleMs / 1_000}`);
  });
}

function isKept({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' && !/\bclose\b/i.test(headers.connection ?? '');
}
