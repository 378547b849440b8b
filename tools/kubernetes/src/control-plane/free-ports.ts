import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below those that the system gives to outgoing connections: such a connection could take a port before its server does. */
const [lowest, highest] = [20_000, 32_000];

/**
 * Ports of the loopback address at which nobody listens now.
 * @param random A number in 0..1, drawn for each try.
 */
export async function freePorts(count: number, random: () => number = Math.random): Promise<number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = lowest + Math.floor(random() * (highest - lowest));
    const server = createServer();
    server.listen(port, '127.0.0.1');
    if (!(await listens(server))) continue;
    servers.push(server);
    ports.push(port);
  }
  for (const server of servers) server.close();
  return ports;
}

async function listens(server: Server): Promise<boolean> {
  return once(server, 'listening').then(
    () => true,
    () => false,
  );
}
