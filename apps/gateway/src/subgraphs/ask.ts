import type { ExecutionResult } from '@graphql-tools/utils';
import { fetch } from '@whatwg-node/fetch';
import { OperationTypeNode } from 'graphql';
import { errorOf, unavailable } from '../errors/subgraph-errors.js';
import { reasonOf } from './failure-reason.js';
import { bodyOf, headersOf } from './request-body.js';
import type { Request, Subgraph } from './subgraph.js';

/** Asks a service a question; that it does not answer is an answer too. */
export async function askSubgraph(subgraph: Subgraph, request: Request): Promise<ExecutionResult> {
  const { name, timeoutMs } = subgraph;
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const { status, text } = await post(subgraph, request, late);
    const { data, errors } = Object(readJson(text)) as Readonly<Record<string, unknown>>;
    if (data === undefined && !Array.isArray(errors))
      return { errors: [unavailable(name, `status ${status} without an answer`)] };
    return {
      ...(data !== undefined && { data }),
      ...(Array.isArray(errors) && { errors: errors.map((error: unknown) => errorOf(name, error)) }),
    };
  } catch (error) {
    const reason = late.aborted ? `nothing within ${timeoutMs} ms` : reasonOf(error);
    return { errors: [unavailable(name, reason)] };
  }
}

/** A connection that the service closed just as it was to be used again is no failure of a question that changes nothing. */
async function post(subgraph: Subgraph, request: Request, late: AbortSignal) {
  try {
    return await postOnce(subgraph, request, late);
  } catch (error) {
    const again =
      request.operationType === OperationTypeNode.QUERY && reasonOf(error) === 'ECONNRESET' && !late.aborted;
    if (!again) throw error;
    return postOnce(subgraph, request, late);
  }
}

async function postOnce({ url }: Subgraph, request: Request, late: AbortSignal) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: headersOf(request, 'application/json'),
    body: bodyOf(request),
    signal: request.signal ? AbortSignal.any([late, request.signal]) : late,
  });
  return { status: response.status, text: await response.text() };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
