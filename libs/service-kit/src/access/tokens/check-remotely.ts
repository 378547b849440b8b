import { type ErrorCode, isModaError, ModaError } from '@moda/contracts';
import { z } from 'zod';
import { roles } from '../roles.js';
import { accessStatus } from '../failure-status.js';
import type { CheckToken } from './token-check.js';

/** Path of the service that keeps the tokens. */
export const checkPath = '/access/check';

const patienceMs = 5_000;

const answerForm = z.union([
  z.object({ user: z.string(), role: z.enum(roles), expiresAt: z.iso.datetime() }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);

/**
 * Has personal access tokens checked by the service that keeps them.
 *
 * It throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED, ACCESS_UNAVAILABLE.
 */
export function checkedAt(accessUrl: string): CheckToken {
  return async (token) => {
    try {
      const response = await fetch(`${accessUrl}${checkPath}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ token }),
        signal: AbortSignal.timeout(patienceMs),
        redirect: 'error',
      });
      const answer = answerForm.parse(await response.json());
      if ('error' in answer) throw refusal(answer.error);
      return { user: answer.user, role: answer.role, kind: 'token', expiresAt: new Date(answer.expiresAt) };
    } catch (error) {
      if (isModaError(error)) throw error;
      throw new ModaError(
        'ACCESS_UNAVAILABLE',
        `Personal access tokens are checked at ${accessUrl}, and nothing answers there as it should; ask again later, or set ACCESS_URL.`,
        { url: accessUrl },
      );
    }
  };
}

/** @throws for what is no answer about a token */
function refusal({ code, message }: { readonly code: string; readonly message: string }): ModaError {
  if (accessStatus(code) === 401) return new ModaError(code as ErrorCode, message);
  throw new Error(`It answers ${code}.`);
}
