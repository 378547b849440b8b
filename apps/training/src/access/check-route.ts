import { accessStatus, checkPath, type CheckToken, sendProblem } from '@moda/service-kit';
import { isModaError } from '@moda/contracts';
import express, { type Express } from 'express';
import { z } from 'zod';

/** First part of the path below. */
export const accessPaths = ['/access'] as const;

const body = z.object({ token: z.string().max(200) });

/**
 * `POST /access/check` with `{ token }`: whose personal access token it is, for the other services. Open to everybody: who has a token
 * learns nothing that asking `me` with it would not tell, and who has none learns nothing.
 */
export function addCheckRoute(app: Express, check: CheckToken): void {
  app.post(checkPath, express.json({ limit: '4kb' }), async (request, response) => {
    const parsed = body.safeParse(request.body);
    if (!parsed.success) {
      const message = 'A check is a JSON document with the text of a token in the field "token"; send that.';
      sendProblem(response, 400, { code: 'REQUEST_INVALID', message });
      return;
    }
    try {
      const { user, role, expiresAt } = await check(parsed.data.token);
      response.set('cache-control', 'no-store').json({ user, role, expiresAt: expiresAt?.toISOString() });
    } catch (error) {
      const status = isModaError(error) ? accessStatus(error.code) : undefined;
      if (status === undefined || !isModaError(error)) throw error;
      sendProblem(response, status, { code: error.code, message: error.message, details: error.details });
    }
  });
}
