import { sendProblem } from '@moda/service-kit';
import express, { type Express } from 'express';
import { z } from 'zod';
import { isProblem } from '../../problem/problem.js';
import { type IssueParts, issueToken } from './issue-token.js';
import type { SealedTasks } from './sealed-task.js';

export const issuePath = '/access/tokens';

const body = z.object({ task: z.string() });

/** `POST /access/tokens`: the other end of `moda-training token` while the service runs and has the embedded database to itself. */
export function addIssueRoute(app: Express, sealed: SealedTasks, parts: IssueParts): void {
  app.post(issuePath, express.json({ limit: '4kb' }), async (request, response) => {
    const parsed = body.safeParse(request.body);
    const task = parsed.success ? sealed.unseal(parsed.data.task) : undefined;
    if (task === undefined) {
      const message =
        'This is for the machine of the service only; run `moda-training token` there, with the same MODA_HOME.';
      sendProblem(response, 401, { code: 'UNAUTHENTICATED', message });
      return;
    }
    const issued = await issueToken(parts, task);
    if (isProblem(issued)) sendProblem(response, 422, issued);
    else response.set('cache-control', 'no-store').json({ token: issued.text });
  });
}
