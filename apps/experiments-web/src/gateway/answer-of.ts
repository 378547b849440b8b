import { GatewayError } from '@moda/gateway-client';

/** A failure that the caller can act on, as every mutation may answer with. */
export interface ProblemAnswer {
  readonly __typename: 'Problem';
  readonly code: string;
  readonly message: string;
  readonly nearest?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * What a mutation came to.
 *
 * @throws GatewayError for a problem, and where nothing came
 */
export function answerOf<Result extends { readonly __typename: string }>(
  answer: Result | null | undefined,
): Exclude<Result, { readonly __typename: 'Problem' }> {
  if (answer == null) throw new GatewayError('ANSWER_INVALID', 'The gateway answered with nothing.');
  if (isProblem(answer))
    throw new GatewayError(answer.code, answer.message, { details: { ...answer.details } });
  return answer as Exclude<Result, { readonly __typename: 'Problem' }>;
}

function isProblem(answer: { readonly __typename: string }): answer is ProblemAnswer {
  return answer.__typename === 'Problem';
}
