import { GatewayError } from '@moda/gateway-client';

interface Problem {
  readonly __typename: 'Problem';
  readonly code: string;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/**
 * What was asked for, where the service did not refuse.
 *
 * @throws GatewayError with code and sentence of the refusal
 */
export function unlessRefused<Result extends { readonly __typename: string }>(
  result: Result | Problem | null | undefined,
): Exclude<Result, { readonly __typename: 'Problem' }> {
  if (result == null) return missing();
  if (isProblem(result)) throw new GatewayError(result.code, result.message, { details: result.details });
  return result as Exclude<Result, { readonly __typename: 'Problem' }>;
}

/**
 * For what the schema allows to be missing where a service is away.
 *
 * @throws GatewayError SUBGRAPH_UNAVAILABLE
 */
export function missing(): never {
  throw new GatewayError(
    'SUBGRAPH_UNAVAILABLE',
    'The service that knows this does not answer; try again in a moment.',
  );
}

function isProblem(result: { readonly __typename: string }): result is Problem {
  return result.__typename === 'Problem';
}
