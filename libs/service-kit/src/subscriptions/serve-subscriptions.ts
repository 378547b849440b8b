import type { Server } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import type { Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import { Gauge } from 'prom-client';
import type { Authenticator } from '../access/authenticator.js';
import type { Logger } from '../log/logger.js';
import type { ServiceOptions } from '../service/service.js';
import { eventStreamRoutes } from './event-stream.js';
import { openSubscriptions } from './live-results.js';
import { checkSubscriptions } from './query-check.js';
import { serveWebSockets } from './web-socket.js';

const defaultStallMs = 30_000;
const megabyte = 2 ** 20;

export interface Subscriptions {
  /** Server-sent events, for `/graphql/stream`. */
  readonly routes: Router;
  /** Takes WebSocket connections too, from the moment the server listens. */
  attach(server: Server): void;
  /** Tells every subscriber that the service stops, and closes the sockets. */
  stop(): Promise<void>;
}

export function serveSubscriptions(
  schema: GraphQLSchema,
  logger: Logger,
  knowsHost: (host: string | undefined) => boolean,
  options: Pick<ServiceOptions, 'limits' | 'maxBodyBytes' | 'metrics' | 'subscriberStallMs'> & {
    readonly access: Authenticator;
  },
): Subscriptions {
  const {
    access,
    limits = {},
    maxBodyBytes = megabyte,
    metrics,
    subscriberStallMs: stallMs = defaultStallMs,
  } = options;
  const open = openSubscriptions();
  const shared = { access, check: checkSubscriptions(schema, limits), open, logger, maxBodyBytes, stallMs };
  new Gauge({
    name: 'graphql_subscriptions_open',
    help: 'Subscriptions that are open.',
    registers: [metrics],
    collect() {
      this.set(open.count);
    },
  });
  let sockets: { stop(): Promise<void> } | undefined;
  return {
    routes: eventStreamRoutes(shared),
    attach(server) {
      sockets = serveWebSockets(server, { ...shared, knowsHost });
    },
    async stop() {
      open.end(
        new ModaError(
          'SERVICE_STOPPING',
          'The service stops; subscribe again after the last event you have.',
        ),
      );
      // The reason goes first.
      await turn();
      await sockets?.stop();
    },
  };
}
