import { GraphQLError } from 'graphql';

/** Marks an error as one that a service meant for the caller. */
export interface SubgraphExtensions {
  readonly code: string;
  readonly details: unknown;
  readonly subgraph: string;
  readonly [name: string]: unknown;
}

/** Codes by which a service says that it failed, not that the question is wrong. */
const unexpectedCodes = new Set(['INTERNAL_SERVER_ERROR', 'UNEXPECTED']);

/** A service that does not answer; the other fields of the question do not suffer. */
export function unavailable(subgraph: string, reason: string): GraphQLError {
  return new GraphQLError(
    `The service ${JSON.stringify(subgraph)} does not answer (${reason}); ask again when it runs.`,
    { extensions: { code: 'SUBGRAPH_UNAVAILABLE', details: { reason }, subgraph } },
  );
}

/** An error of a service as callers see it: words, code and details, and whose it is; nothing else of it leaves here. */
export function errorOf(subgraph: string, error: unknown): GraphQLError {
  const { message, path, extensions } = Object(error) as Readonly<Record<string, unknown>>;
  const { code, details } = Object(extensions) as Readonly<Record<string, unknown>>;
  const known = typeof code === 'string' && !unexpectedCodes.has(code) && typeof message === 'string';
  return new GraphQLError(
    known
      ? message
      : `Something failed in the service ${JSON.stringify(subgraph)}; its log says more under this trace id.`,
    {
      ...(isPath(path) && { path }),
      extensions: {
        code: known ? code : 'UNEXPECTED',
        details: known ? (details ?? {}) : {},
        subgraph,
      } satisfies SubgraphExtensions,
    },
  );
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');
}
