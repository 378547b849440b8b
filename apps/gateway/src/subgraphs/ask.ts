import type { GraphQLError } from 'graphql';
import { errorOf, unavailable } from '../errors/subgraph-errors.js';
import { type Caller, headersFor } from './caller.js';
import { reasonOf } from './failure-reason.js';
import { type Post, post, type Posted, TooLate } from './post.js';
import type { Subgraph } from './subgraph.js';

/** What a service made of a question. */
export interface SubgraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

export interface SubgraphQuestion {
  /** JSON with `query` and `variables`. */
  readonly body: string;
  /** It changes nothing, so it may be sent again. */
  readonly repeatable: boolean;
  readonly caller: Caller | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a service a question; that it does not answer is an answer too. Nothing is shared between callers. */
export async function askSubgraph(
  { name, url, timeoutMs }: Subgraph,
  { body, repeatable, caller, signal }: SubgraphQuestion,
): Promise<SubgraphAnswer> {
  try {
    const { origin, pathname } = new URL(url);
    const path = `${pathname.replace(/\/$/, '')}/graphql`;
    const headers = headersFor(caller, 'application/json');
    const { status, text } = await sent({ origin, path, headers, body, timeoutMs, signal }, repeatable);
    const { data, errors } = Object(readJson(text)) as Readonly<Record<string, unknown>>;
    if (data === undefined && !Array.isArray(errors))
      return { errors: [unavailable(name, `status ${status} without an answer`)] };
    return {
      ...(data !== undefined && { data }),
      ...(Array.isArray(errors) && { errors: errors.map((error: unknown) => errorOf(name, error)) }),
    };
  } catch (error) {
    return { errors: [unavailable(name, error instanceof TooLate ? error.message : reasonOf(error))] };
  }
}

/** Told of every question to a service. */
export type OnAsked = (subgraph: string, outcome: 'answered' | 'failed', durationMs: number) => void;

/** The same, and says how it went. */
export async function askCounted(
  subgraph: Subgraph,
  question: SubgraphQuestion,
  onAsked: OnAsked,
): Promise<SubgraphAnswer> {
  const startedAt = performance.now();
  const answer = await askSubgraph(subgraph, question);
  const failed = answer.data === undefined && answer.errors !== undefined;
  onAsked(subgraph.name, failed ? 'failed' : 'answered', performance.now() - startedAt);
  return answer;
}

/** Asks services by their names, for a caller. */
export function askerOf(subgraphs: readonly Subgraph[], onAsked: OnAsked) {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return (caller: Caller) =>
    (service: string, body: string, repeatable: boolean): Promise<SubgraphAnswer> => {
      const subgraph = byName.get(service);
      if (subgraph === undefined) throw new Error(`Nobody said where the service ${service} is.`);
      return askCounted(subgraph, { body, repeatable, caller }, onAsked);
    };
}

const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** A connection that the service closed just as it was to be used again is no failure of a question that changes nothing. */
async function sent(question: Post, repeatable: boolean): Promise<Posted> {
  try {
    return await post(question);
  } catch (error) {
    if (!repeatable || !broken.has(reasonOf(error))) throw error;
    return post(question);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
