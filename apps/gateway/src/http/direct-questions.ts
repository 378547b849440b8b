import type { IncomingMessage, ServerResponse } from 'node:http';
import { ModaError } from '@moda/contracts';
import { type Authenticator, inTrace, type Logger, type Trace, traceOf } from '@moda/service-kit';
import type { GraphQLFormattedError } from 'graphql';
import { type AskService, type PlannedAnswer, runPlan } from '../plan/run-plan.js';
import type { AdmissionRules } from '../questions/admit.js';
import { readQuestion } from '../questions/admit.js';
import type { KnownQuestions } from '../questions/known-questions.js';
import { describeErrors } from '../streams/describe-result.js';
import { type Caller, callerOf } from '../subgraphs/caller.js';
import type { KnowsHost } from './known-hosts.js';
import { statusOf } from './read-body.js';

export interface DirectParts {
  readonly known: KnownQuestions;
  readonly rules: AdmissionRules;
  readonly access: Authenticator;
  /** Asks a service for a caller. */
  readonly askFor: (caller: Caller) => AskService;
  readonly knowsHost: KnowsHost;
  readonly maxBodyBytes: number;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
  /** Called when an answer has left or its connection broke. */
  readonly onAnswered: (trace: Trace, status: number, durationMs: number) => void;
  /** Answers all that is not answered here; the body of what was read is in `body`. */
  readonly otherwise: (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => void;
}

/**
 * The short way of plain questions: from the socket to the services and back without the layers that everything else goes through. What it
 * does not know it leaves to these.
 */
export function answerDirectly(parts: DirectParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { maxBodyBytes, knowsHost, otherwise, onAnswered } = parts;
    if (!isPlain(request, maxBodyBytes) || !knowsHost(request.headers.host)) {
      otherwise(request, response);
      return;
    }
    const header = request.headers['traceparent'];
    const trace = traceOf(typeof header === 'string' ? header : undefined);
    const startedAt = performance.now();
    const pieces: Buffer[] = [];
    let isLeft = false;
    response.once('close', () => {
      if (!isLeft) onAnswered(trace, response.statusCode, performance.now() - startedAt);
    });
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const text = (pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)).toString('utf8');
      const leave = (asked: unknown): void => {
        isLeft = true;
        // The others find the same trace, and the body that was read.
        request.headers['traceparent'] = trace.traceparent;
        otherwise(Object.assign(request, { body: asked }), response);
      };
      answer(text, request, trace, parts).then(
        (outcome) => {
          if (outcome.kind === 'answered')
            send(response, outcome.status, outcome.body, trace, parts.isStopping());
          else leave(outcome.asked);
        },
        (error: unknown) => refuse(response, error, trace, parts),
      );
    });
  };
}

type Outcome =
  | { readonly kind: 'left'; readonly asked: unknown }
  | { readonly kind: 'answered'; readonly status: number; readonly body: object };

async function answer(
  text: string,
  request: IncomingMessage,
  trace: Trace,
  { known, rules, access, askFor, logger }: DirectParts,
): Promise<Outcome> {
  const asked = readJson(text);
  if (!access.open) await access.identify(request.headers.authorization);
  const question = readQuestion(asked, rules.trusted);
  const prepared = known.prepare(question);
  if (prepared.kind === 'unplanned') return { kind: 'left', asked };
  if (prepared.kind === 'refused')
    return { kind: 'answered', status: 400, body: { errors: described(prepared.errors, trace, logger) } };
  const caller = callerOf(request.headers, trace.traceparent);
  const { data, errors } = await runPlan(prepared.plan, question.variables, askFor(caller));
  const body = errors.length === 0 ? { data } : { errors: described(errors, trace, logger), data };
  return { kind: 'answered', status: 200, body };
}

/** A question as nearly all clients send it; whatever is special about another one, others know. */
function isPlain({ method, url, headers }: IncomingMessage, maxBodyBytes: number): boolean {
  return (
    method === 'POST' &&
    url === '/graphql' &&
    headers['content-encoding'] === undefined &&
    /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    !headers.accept?.includes('graphql-response') &&
    Number(headers['content-length']) > 0 &&
    Number(headers['content-length']) <= maxBodyBytes
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModaError(
      'REQUEST_INVALID',
      'The question cannot be read; send one well-formed JSON document in UTF-8.',
    );
  }
}

function described(
  errors: PlannedAnswer['errors'],
  trace: Trace,
  logger: Logger,
): readonly GraphQLFormattedError[] {
  return inTrace(trace, () => describeErrors(errors, logger));
}

function refuse(response: ServerResponse, error: unknown, trace: Trace, parts: DirectParts): void {
  const failure = error instanceof Error ? error : new Error(String(error));
  const body = { errors: inTrace(trace, () => describeErrors([failure], parts.logger)) };
  send(response, statusOf(error), body, trace, parts.isStopping());
}

function send(response: ServerResponse, status: number, body: object, trace: Trace, last: boolean): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
    traceparent: trace.traceparent,
    ...(last && { connection: 'close' }),
  });
  response.end(text);
}
