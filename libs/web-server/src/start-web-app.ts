import {
  addProbes,
  createMetrics,
  drain,
  hostCheck,
  hostGuard,
  listen,
  type Logger,
  requestMetrics,
  tracing,
  urlOf,
} from '@moda/service-kit';
import express from 'express';
import nextApp from 'next';

export interface WebAppOptions {
  /** As metrics name it. */
  readonly name: string;
  /** Absolute path of the built app. */
  readonly folder: string;
  readonly basePath: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Names under which people reach it, beside those of the loopback address; undefined knows every name. */
  readonly hostNames: readonly string[] | undefined;
  readonly logger: Logger;
  /** How long answers under way may take when the app stops (ms); 5 s if left out. */
  readonly stopGraceMs?: number;
}

export interface RunningWebApp {
  /** `http://127.0.0.1:3000`, without the base path. */
  readonly url: string;
  stop(): Promise<void>;
}

// Its types look for the function under `default`; it is the module itself.
const createApp = nextApp as unknown as typeof nextApp.default;

const probePaths = ['/healthz', '/readyz', '/metrics'];

/**
 * Serves a built Next.js app in this process, with the probes that every service has.
 *
 * @throws ModaError PORT_TAKEN, PORT_REFUSED
 */
export async function startWebApp(options: WebAppOptions): Promise<RunningWebApp> {
  const { folder, basePath, host, port, hostNames, logger, stopGraceMs = 5_000 } = options;
  let stopping = false;
  const web = createApp({ dev: false, dir: folder, hostname: host, port });
  await web.prepare();
  const handle = web.getRequestHandler();

  const metrics = createMetrics(options.name);
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use(tracing(logger));
  app.use(requestMetrics(metrics, [...probePaths, `${basePath}/`]));
  app.use(hostGuard(hostNames === undefined ? () => true : hostCheck(hostNames), hostNames ?? []));
  app.use((_request, response, proceed) => {
    // A browser that keeps its connection would keep the app.
    if (stopping) response.set('connection', 'close');
    // The framework adds a few of its own.
    response.setMaxListeners(30);
    response.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
    response.set('content-security-policy', "frame-ancestors 'none'");
    proceed();
  });
  // Its pages need nothing to come up: what they show, they ask for.
  addProbes(app, { metrics, logger, isStopping: () => stopping, checkReady: async () => undefined });
  app.use((request, response) => handle(request, response));

  const server = await listen(app, host, port);
  const stopOnce = async (): Promise<void> => {
    stopping = true;
    await drain(server, stopGraceMs);
    await web.close();
  };
  let stopped: Promise<void> | undefined;
  return { url: urlOf(server, host), stop: () => (stopped ??= stopOnce()) };
}
