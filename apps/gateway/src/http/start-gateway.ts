import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import {
  type Authenticator,
  drain,
  listenWith,
  type Logger,
  openToAll,
  sendProblem,
  urlOf,
} from '@moda/service-kit';
import express, { type ErrorRequestHandler } from 'express';
import { readFederatedGraph } from '../plan/federated-graph.js';
import { createKnownQuestions } from '../questions/known-questions.js';
import type { AdmissionRules } from '../questions/admit.js';
import { createOpenStreams } from '../streams/open-streams.js';
import { askerOf } from '../subgraphs/ask.js';
import { isAlive } from '../subgraphs/is-alive.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import { stitchSubgraphs } from '../supergraph/stitch.js';
import { eventStream } from './event-stream.js';
import { knownHosts } from './known-hosts.js';
import { landingPage } from './landing-page.js';
import { createGatewayMetrics } from './metrics.js';
import { probes } from './probes.js';
import { answerDirectly } from './direct-questions.js';
import { serveQuestions } from './questions.js';
import { requestTrace, tellOfAnswers } from './request-trace.js';
import { serveWebSockets } from './web-socket.js';

export interface GatewayOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly supergraphSdl: string;
  readonly subgraphs: readonly Subgraph[];
  readonly rules: AdmissionRules;
  readonly logger: Logger;
  /** Who finds out who asks; if left out, everybody is the one who runs the machine. */
  readonly access?: Authenticator;
  /** Names under which the gateway is reached, beside those of the loopback address; it goes by every name where `access` is guarded. */
  readonly hostNames?: readonly string[];
  /** Longest body of a question; a megabyte if left out. */
  readonly maxBodyBytes?: number;
  /** A subscriber that takes nothing for so long is cut off (ms); 30 s if left out. */
  readonly stallMs?: number;
  /** Between the first "not ready" and the end of listening (ms); 0 if left out. */
  readonly stopNoticeMs?: number;
  /** How long answers under way may take when the gateway stops (ms); 10 s if left out. */
  readonly stopGraceMs?: number;
}

export interface Gateway {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Not ready from this moment on; resolves when every answer has left and nothing listens. */
  stop(): Promise<void>;
}

/** How long a question may take to arrive. */
const requestTimeoutMs = 30_000;

/**
 * Answers questions to all services behind as one, until it is stopped. None of them has to run: their parts of answers are missing then.
 * @throws ModaError PORT_TAKEN, PORT_REFUSED
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host, port, supergraphSdl, subgraphs, rules, logger, hostNames = [] } = options;
  const { access = openToAll } = options;
  const { maxBodyBytes = 2 ** 20, stallMs = 30_000, stopNoticeMs = 0, stopGraceMs = 10_000 } = options;
  let stopping = false;

  const metrics = createGatewayMetrics();
  const onAnswer = tellOfAnswers(logger, metrics);
  const schema = stitchSubgraphs(supergraphSdl, subgraphs, metrics.asked);
  const open = createOpenStreams();
  metrics.countSubscriptions(() => open.count);
  const questions = await serveQuestions({ schema, rules, access, maxBodyBytes, logger });
  const streamParts = { schema, rules, access, open, maxBodyBytes, stallMs, logger };
  // Whoever has to say who asks has nothing that a page of a foreign site could use; behind an Ingress a gateway has many names.
  const knowsHost = access.open ? knownHosts(hostNames) : () => true;
  const checkReady = async () => (await Promise.all(subgraphs.map(isAlive))).includes(true);

  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use(requestTrace(onAnswer));
  app.use((request, response, next) => {
    // A client that keeps its connection would keep the gateway.
    if (stopping) response.set('connection', 'close');
    if (knowsHost(request.headers.host)) next();
    else
      sendProblem(response, 421, {
        code: 'HOST_REFUSED',
        message: `The gateway does not go by this name; use ${['127.0.0.1', 'localhost', ...hostNames].join(', ')}.`,
      });
  });
  app.use(probes({ metrics: metrics.registry, isStopping: () => stopping, checkReady }));
  app.use('/graphql/stream', eventStream(streamParts));
  app.use('/graphql', landingPage, questions.handler);
  app.get('/', landingPage);
  app.use((request, response) => {
    sendProblem(response, 404, {
      code: 'ROUTE_UNKNOWN',
      message: `Nothing is served at ${JSON.stringify(request.path.slice(0, 200))}; questions go to /graphql.`,
    });
  });
  app.use(lastResort(logger));

  const direct = answerDirectly({
    known: createKnownQuestions(readFederatedGraph(supergraphSdl), rules.limits),
    rules,
    access,
    askFor: askerOf(subgraphs, metrics.asked),
    knowsHost,
    maxBodyBytes,
    logger,
    isStopping: () => stopping,
    onAnswered: (trace, status, durationMs) =>
      onAnswer(trace, { method: 'POST', path: '/graphql', status, durationMs }),
    otherwise: app,
  });
  const server = await listenWith(createServer({ requestTimeout: requestTimeoutMs }, direct), host, port);
  const sockets = serveWebSockets(server, knowsHost, streamParts);
  const stopOnce = async (): Promise<void> => {
    stopping = true;
    await wait(stopNoticeMs);
    // They would never end by themselves.
    open.end(
      new ModaError('SERVICE_STOPPING', 'The gateway stops; subscribe again after the last event you have.'),
    );
    await sockets.stop();
    await drain(server, stopGraceMs);
    await questions.stop();
  };
  let stopped: Promise<void> | undefined;
  return { url: urlOf(server, host), stop: () => (stopped ??= stopOnce()) };
}

function lastResort(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    logger.error({ err: error }, 'A request failed unexpectedly.');
    if (response.headersSent) response.destroy();
    else
      sendProblem(response, 500, {
        code: 'UNEXPECTED',
        message:
          'Something failed here that should not; the log of the gateway says more under this trace id.',
      });
  };
}
