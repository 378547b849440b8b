import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';

/** How long a question may take to arrive. */
const requestTimeoutMs = 30_000;
/** How often connections that have become idle are closed while the others finish. */
const sweepEveryMs = 50;

/** @throws ModaError PORT_TAKEN, PORT_REFUSED */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: requestTimeoutMs }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  return server;
}

/** `http://127.0.0.1:4000`. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Takes no new connection, lets the answers under way finish, and cuts what is still there after `graceMs`. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<'closed'>((resolve) => server.close(() => resolve('closed')));
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    server.closeIdleConnections();
    if ((await Promise.race([closed, wait(sweepEveryMs, 'open' as const)])) === 'closed') return;
  }
  server.closeAllConnections();
  await closed;
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
      { host, port },
    );
  return error;
}
