import { sendProblem } from '@moda/service-kit';
import { type RequestHandler, Router } from 'express';
import type { Registry } from 'prom-client';

export interface ProbeParts {
  readonly metrics: Registry;
  readonly isStopping: () => boolean;
  /** Whether any service behind answers: with one of them the gateway is of use. */
  readonly checkReady: () => Promise<boolean>;
}

/** `/healthz`: the process runs. `/readyz`: it can do its work, and is not about to stop. `/metrics`: what it has done. */
export function probes({ metrics, isStopping, checkReady }: ProbeParts): RequestHandler {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    if (isStopping()) {
      sendProblem(response, 503, {
        code: 'SERVICE_STOPPING',
        message: 'The gateway is stopping; ask another one, or again when it has started.',
      });
    } else if (await checkReady()) {
      response.set('cache-control', 'no-store').json({ status: 'ready' });
    } else {
      sendProblem(response, 503, {
        code: 'SERVICE_NOT_READY',
        message: 'None of the services behind the gateway answers; start one of them.',
      });
    }
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}
