import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** How often connections that have become idle are closed while the others finish. */
const sweepEveryMs = 50;

/** Takes no new connection, lets the answers under way finish, and cuts what is still there after `graceMs`. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const ended = closed.then(() => 'ended' as const);
  const deadline = performance.now() + graceMs;
  for (;;) {
    server.closeIdleConnections();
    if ((await Promise.race([ended, wait(sweepEveryMs, 'waiting' as const)])) === 'ended') return;
    if (performance.now() >= deadline) break;
  }
  server.closeAllConnections();
  await closed;
}
