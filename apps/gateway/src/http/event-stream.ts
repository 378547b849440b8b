import { once } from 'node:events';
import { type Authenticator, currentTrace, inTrace, type Logger, traceOf } from '@moda/service-kit';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { describeErrors, describeResult } from '../streams/describe-result.js';
import { openSubscription, prepareSubscription, type SubscriptionParts } from '../streams/subscribe.js';
import { callerOf } from '../subgraphs/caller.js';
import { readBody, refusals } from './read-body.js';
import { requireIdentity } from './require-identity.js';

export interface StreamParts extends SubscriptionParts {
  readonly access: Authenticator;
  readonly maxBodyBytes: number;
  /** A client that takes nothing for so long is cut off (ms). */
  readonly stallMs: number;
  readonly logger: Logger;
}

/** A sign of life for whoever is in between (ms). */
const heartbeatMs = 12_000;

/** Subscriptions as server-sent events: a connection each, `next` for every result, `complete` at the end. */
export function eventStream(parts: StreamParts): RequestHandler {
  const router = Router();
  router.use(requireIdentity(parts.access), readBody(parts.maxBodyBytes), (request, response, next) => {
    stream(request, response, parts).catch(next);
  });
  router.use(refusals(parts.logger));
  return router;
}

async function stream(request: Request, response: Response, parts: StreamParts): Promise<void> {
  const caller = callerOf(request.headers, currentTrace()?.traceparent ?? '');
  const trace = traceOf(caller.traceparent);
  const prepared = prepareSubscription(request.body, caller, parts);
  const subscribed =
    prepared.kind === 'refused' ? prepared : await openSubscription(prepared.args, parts.open);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  if (subscribed.kind === 'refused') {
    response.end(`${next({ errors: describeErrors(subscribed.errors, parts.logger) })}${complete}`);
    return;
  }
  const { results } = subscribed;
  const leave = (): void => void results.return(undefined);
  response.once('close', leave);
  if (response.closed) leave();
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  try {
    for (let step = await results.next(); step.done !== true; step = await results.next()) {
      const result: ExecutionResult = step.value;
      await taken(response, next(inTrace(trace, () => describeResult(result, parts.logger))), parts.stallMs);
    }
    response.end(complete);
  } finally {
    clearInterval(heartbeat);
    leave();
  }
}

const complete = 'event: complete\ndata:\n\n';

function next(result: FormattedExecutionResult): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

/** The next result is asked for only when this one has left, so that a slow client holds one result and not all of them. */
async function taken(response: Response, text: string, stallMs: number): Promise<void> {
  if (response.closed || response.write(text)) return;
  const settled = new AbortController();
  const patience = setTimeout(() => response.destroy(), stallMs);
  const signal = settled.signal;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).catch(
    () => undefined,
  );
  clearTimeout(patience);
  settled.abort();
}
