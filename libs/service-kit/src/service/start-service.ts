import { setTimeout as wait } from 'node:timers/promises';
import express, { type ErrorRequestHandler } from 'express';
import { openToAll } from '../access/authenticator.js';
import { knowingWhoAsks } from '../access/request-access.js';
import { createGraphqlHandler } from '../graphql/graphql-handler.js';
import { landingPage } from '../graphql/landing-page.js';
import { hostCheck, hostGuard } from '../http/host-guard.js';
import { sendProblem } from '../http/problem-body.js';
import { requestFailure } from '../http/request-failure.js';
import { tracing } from '../http/tracing.js';
import type { Logger } from '../log/logger.js';
import { addProbes } from '../probes/probes.js';
import { requestMetrics } from '../probes/request-metrics.js';
import { drain } from '../stop/drain.js';
import { serveSubscriptions } from '../subscriptions/serve-subscriptions.js';
import { listen, portOf } from './listen.js';
import type { Service, ServiceOptions } from './service.js';

const probePaths = ['/graphql', '/healthz', '/readyz', '/metrics'];

/**
 * Serves GraphQL at `/graphql` with the probes and the routes of its own, until it is stopped.
 * @throws ModaError PORT_TAKEN, PORT_REFUSED
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { host, port, logger, schema, metrics, title, routes, hostNames = [] } = options;
  const { access = openToAll, stopNoticeMs = 0, stopGraceMs = 10_000 } = options;
  let stopping = false;

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(tracing(logger));
  app.use(requestMetrics(metrics, [...probePaths, ...(routes?.paths ?? [])]));
  // Who needs a token has nothing that a page of a foreign site could use; services beyond this machine have many names.
  const knowsHost = access.open ? hostCheck(hostNames) : () => true;
  app.use(hostGuard(knowsHost, hostNames));
  app.use(knowingWhoAsks(access));
  app.use((_request, response, next) => {
    // A client that keeps its connection would keep the service.
    if (stopping) response.set('connection', 'close');
    response.set('x-content-type-options', 'nosniff');
    next();
  });
  addProbes(app, { metrics, logger, isStopping: () => stopping, checkReady: options.checkReady });
  routes?.add(app);

  const subscriptions = options.subscriptions
    ? serveSubscriptions(schema, logger, knowsHost, { ...options, access })
    : undefined;
  if (subscriptions) app.use('/graphql/stream', subscriptions.routes);
  const graphql = await createGraphqlHandler(schema, logger, options);
  app.use('/graphql', landingPage(title, options.example ?? '{ __typename }'), graphql.handler);
  app.use((request, response) => {
    sendProblem(response, 404, {
      code: 'ROUTE_UNKNOWN',
      message: `Nothing is served at ${JSON.stringify(request.path.slice(0, 200))}; questions go to /graphql.`,
    });
  });
  app.use(failures(logger));

  const server = await listen(app, host, port);
  subscriptions?.attach(server);
  const stopOnce = async (): Promise<void> => {
    stopping = true;
    await wait(stopNoticeMs);
    // They would never end by themselves.
    await subscriptions?.stop();
    await drain(server, stopGraceMs);
    await graphql.stop();
  };
  let stopped: Promise<void> | undefined;
  const name = addressOf(host);
  return {
    url: `http://${name}:${portOf(server)}`,
    port: portOf(server),
    stop: () => (stopped ??= stopOnce()),
  };
}

/** As a part of an address; one of this machine where the service listens at all of them. */
function addressOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** The last resort of routes: one form for every failure. */
function failures(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const { status, ...facts } = requestFailure(error, logger);
    if (response.headersSent) next(error);
    else sendProblem(response, status, facts);
  };
}
