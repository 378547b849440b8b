import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ModaError } from '@moda/contracts';
import { keepConnections } from './keep-connections.js';

/** A connection on which nothing moves for so long is given up. */
const idleTimeoutMs = 300_000;

/** @throws ModaError PORT_TAKEN, PORT_REFUSED */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(handler);
  // Uploads take as long as they take, as long as bytes come.
  server.requestTimeout = 0;
  server.timeout = idleTimeoutMs;
  return listenWith(server, host, port);
}

/**
 * Lets a server with limits of its own listen.
 * @throws ModaError PORT_TAKEN, PORT_REFUSED
 */
export async function listenWith(server: Server, host: string, port: number): Promise<Server> {
  keepConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  return server;
}

/** `http://127.0.0.1:4000`, at the port that the system gave. */
export function urlOf(server: Server, host: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`;
}

/** The port that the system gave. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const place = `port ${port} of ${host}`;
  if (error.code === 'EADDRINUSE')
    return new ModaError(
      'PORT_TAKEN',
      `Another program listens at ${place}; stop it, or choose another port with --port.`,
      { host, port },
    );
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
    return new ModaError(
      'PORT_REFUSED',
      `The system does not let this program listen at ${place}; choose another.`,
      {
        host,
        port,
      },
    );
  return error;
}
