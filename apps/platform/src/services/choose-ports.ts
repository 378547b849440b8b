import { createServer } from 'node:net';
import { ModaError } from '@moda/contracts';
import type { Place } from '../environment.js';
import { knownServices, type ServiceName, serviceNames } from './known-services.js';

/**
 * Finds out whether every service can have its port, and chooses free ones where the system is to choose.
 * @throws ModaError PORT_TAKEN naming every one that is not to be had, and the variable that moves it
 */
export async function choosePorts(
  places: Readonly<Record<ServiceName, Place>>,
): Promise<Record<ServiceName, Place>> {
  const chosen: Partial<Record<ServiceName, Place>> = {};
  const complaints: string[] = [];
  const held: (() => Promise<void>)[] = [];
  for (const name of serviceNames) {
    const { host, port } = places[name];
    const { title, portVariable } = knownServices[name];
    const outcome = await holdPort(host, port);
    if (outcome.kind === 'free') {
      held.push(outcome.release);
      chosen[name] = { host, port: outcome.port };
    } else if (outcome.kind === 'taken')
      complaints.push(`port ${port}, where the ${title} belongs (${portVariable})`);
    // What else there is to complain about the service says itself.
    else chosen[name] = { host, port };
  }
  // All at once, so that two services are not given the same one.
  for (const release of held) await release();
  if (complaints.length === 0) return chosen as Record<ServiceName, Place>;
  throw new ModaError(
    'PORT_TAKEN',
    `Another program listens at ${complaints.join(', and at ')}; stop it, or set ${complaints.length === 1 ? 'that variable to another port' : 'those variables to other ports'}.`,
    { complaints },
  );
}

type Outcome =
  | { readonly kind: 'free'; readonly port: number; readonly release: () => Promise<void> }
  | { readonly kind: 'taken' | 'refused' };

function holdPort(host: string, port: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ kind: error.code === 'EADDRINUSE' ? 'taken' : 'refused' }),
    );
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve({
        kind: 'free',
        port: typeof address === 'object' && address !== null ? address.port : port,
        release: () => new Promise((released) => server.close(() => released())),
      });
    });
  });
}

const anywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Where this machine reaches a service. */
export function addressOf({ host, port }: Place): string {
  return `http://${anywhere[host] ?? (host.includes(':') ? `[${host}]` : host)}:${port}`;
}
