import { isModaError, ModaError } from '@moda/contracts';
import { type Logger, sendProblem } from '@moda/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { RunArchive } from '../archive/run-archive.js';
import type { PodEars } from './pod-ears.js';
import type { PodTokens } from './pod-tokens.js';

export interface DeskParts {
  readonly ears: PodEars;
  readonly archive: RunArchive;
  readonly tokens: PodTokens;
  readonly logger: Logger;
}

/** What the path of a request names. */
export interface Asked {
  readonly id: string;
  /** Of a file, with slashes; empty where the path names none. */
  readonly name: string;
  /** Another run, where the path names one. */
  readonly input: string;
}

export type Answer = (parts: DeskParts, asked: Asked, request: Request, response: Response) => Promise<void>;

/** Lets pods through that have the token of the run in the path. */
export function knowingPod(tokens: PodTokens): RequestHandler<{ readonly id: string }> {
  return (request, response, next) => {
    const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && tokens.isTokenOf(request.params.id, given)) {
      next();
      return;
    }
    // What follows was not read, and is not going to be.
    response.set('connection', 'close');
    const message =
      'This is for the pod of the run only; it has the token of the run in the Secret of its Job.';
    sendProblem(response, 401, { code: 'UNAUTHENTICATED', message });
  };
}

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Answers what fails by its code: a pod gives up where it was refused, and comes again where the service could not. */
export function answering(parts: DeskParts, answer: Answer): RequestHandler {
  return async (request, response) => {
    const { id, name = [], input } = request.params as Parameters;
    const asked = { id: String(id), name: [name].flat().join('/'), input: String(input) };
    try {
      await answer(parts, asked, request, response);
    } catch (error) {
      // Whoever has left hears no answer.
      if (request.destroyed && !request.complete) return;
      if (!isModaError(error) || response.headersSent) throw error;
      // The rest of a body that was not read to its end is not going to be.
      if (!request.complete) response.set('connection', 'close');
      sendProblem(response, statusOf(error.code), error);
    }
  };
}

const statuses: Readonly<Record<string, number>> = {
  ARTIFACT_MISSING: 404,
  ARTIFACT_UNKNOWN: 404,
  BLOB_DIGEST_MISMATCH: 422,
  POD_REFUSED: 410,
  POD_REPLACED: 409,
  REQUEST_TOO_LARGE: 413,
  RUN_UNKNOWN: 404,
  UNAUTHENTICATED: 401,
};

/** What nobody who asks can mend, and what may be otherwise the next time. */
const outages = /^(BLOB_STORE|CLUSTER|DATABASE)_|^UNEXPECTED$/;

function statusOf(code: string): number {
  if (outages.test(code)) return 503;
  return statuses[code] ?? 400;
}

export const invalid = (message: string): ModaError => new ModaError('REQUEST_INVALID', message);
