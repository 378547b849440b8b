import { setImmediate as turn } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import express, { type ErrorRequestHandler, type Response, Router } from 'express';
import { type ExecutionResult, type GraphQLError, subscribe } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { authorizationOf, identityOf } from '../access/request-access.js';
import { lifetimeOf } from '../access/watch-identity.js';
import { sendProblem } from '../http/problem-body.js';
import { requestFailure } from '../http/request-failure.js';
import { currentTrace, inTrace, traceOf } from '../trace/trace.js';
import { describeResult } from './answer.js';
import type { SubscriptionOptions } from './subscription-options.js';

/** Subscriptions over server-sent events: POST of JSON, one connection each. */
export function eventStreamRoutes({
  access,
  check,
  open,
  logger,
  maxBodyBytes,
  stallMs,
}: SubscriptionOptions): Router {
  const handler = createHandler({
    schema: undefined as never,
    // One connection carries one subscription: none can be found or ended by somebody else's token.
    authenticate: () => null,
    async onSubscribe(request, params) {
      const trace = currentTrace() ?? traceOf(undefined);
      const authorization = authorizationOf(request.raw);
      const identity = await identityOf(request.raw);
      const context = { traceId: trace.traceId, identity, user: identity.user, authorization };
      const checked = check(params, context);
      if (checked.kind === 'refused') return refused(checked.errors);
      const results = await inTrace(trace, () => subscribe(checked.args));
      if (!(Symbol.asyncIterator in results)) return refused(results.errors);
      return open.follow(results, trace, lifetimeOf(access, authorization, identity));
    },
    // The library takes results as fast as they come; a client that reads slowly must slow them down.
    async onNext(_context, request, result) {
      await written(request.context.res, stallMs);
      return describeResult(result as ExecutionResult, logger) as typeof result;
    },
  });

  const router = Router();
  router.post('/', (request, response, next) => {
    const problem = requestProblem(request.is('application/json') !== false, request.get('accept'));
    if (problem) sendProblem(response, 415, problem);
    else next();
  });
  router.post('/', (request, _response, next) => {
    identityOf(request).then(() => next(), next);
  });
  router.post('/', express.json({ limit: maxBodyBytes, strict: true }), (request, response, next) => {
    // The library wants this very word; browsers and clients say more.
    request.headers.accept = 'text/event-stream';
    handler(request, response).catch((error: unknown) => {
      // The last words for a client that was cut off have nowhere to go.
      if (!response.destroyed) next(error);
    });
  });
  router.use((_request, response) => {
    response.set('allow', 'POST');
    sendProblem(response, 405, {
      code: 'REQUEST_INVALID',
      message: 'Subscriptions are sent by POST; send one JSON document with the question in "query".',
    });
  });
  const failures: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const { status, ...facts } = requestFailure(error, logger);
    if (response.headersSent) response.destroy();
    else sendProblem(response, status, facts);
  };
  router.use(failures);
  return router;
}

/** The library knows a result by its data. */
function refused(errors: readonly GraphQLError[] = []): ExecutionResult {
  return { data: null, errors };
}

/** Forms of other sites cannot send JSON; that keeps them out. */
function requestProblem(isJson: boolean, accept: string | undefined): ModaError | undefined {
  if (isJson && accept?.includes('text/event-stream') === true) return undefined;
  return new ModaError(
    'REQUEST_INVALID',
    'A subscription is a JSON document whose answer is a stream of events; send it with content-type application/json and accept text/event-stream.',
  );
}

/** Waits until what was written has left; cuts the connection off where that does not happen. */
async function written(response: Response, stallMs: number): Promise<void> {
  // The result before this one is written in the next turn.
  await turn();
  if (response.writableLength === 0 || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const socket = response.socket;
    const patience = setTimeout(() => response.destroy(), stallMs);
    const settle = (): void => {
      clearTimeout(patience);
      response.off('drain', onDrain).off('close', settle);
      socket?.off('drain', onDrain);
      resolve();
    };
    const onDrain = (): void => {
      if (response.writableLength === 0) settle();
    };
    response.on('drain', onDrain).on('close', settle);
    socket?.on('drain', onDrain);
  });
}
