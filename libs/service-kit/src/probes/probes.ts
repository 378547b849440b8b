import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { sendProblem } from '../http/problem-body.js';
import type { Logger } from '../log/logger.js';

export interface ProbeParts {
  readonly metrics: Registry;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
  /** Throws where the service cannot do its work. */
  readonly checkReady: () => Promise<void>;
}

/** A part that answers this slowly is as good as absent. */
const readyTimeoutMs = 5_000;

/** `/healthz`: the process runs. `/readyz`: it can do its work, and is not about to stop. `/metrics`: what it has done. */
export function addProbes(app: Express, { metrics, logger, isStopping, checkReady }: ProbeParts): void {
  app.get('/healthz', (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'ok' });
  });

  app.get('/readyz', async (_request, response) => {
    if (isStopping()) {
      sendProblem(response, 503, {
        code: 'SERVICE_STOPPING',
        message: 'The service is stopping; ask another one, or again when it has started.',
      });
      return;
    }
    try {
      await withinTime(checkReady(), readyTimeoutMs);
      response.set('cache-control', 'no-store').json({ status: 'ready' });
    } catch (error) {
      logger.warn({ err: error }, 'not ready');
      sendProblem(response, 503, {
        code: 'SERVICE_NOT_READY',
        message: 'A part that the service needs does not answer; its log says which.',
      });
    }
  });

  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
}

async function withinTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
