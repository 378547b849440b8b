import { errorCodes, type ErrorCode, ModaError } from '@moda/contracts';
import { z } from 'zod';

/** A question to the gateway: its text, and what an answer looks like. `Variables` are what it takes. */
export interface Document<Variables extends object, Answer> {
  readonly text: string;
  readonly answer: z.ZodType<Answer>;
  /** For the type only. */
  readonly variables?: (variables: Variables) => void;
}

export function documentOf<Variables extends object, Answer>(
  text: string,
  answer: z.ZodType<Answer>,
): Document<Variables, Answer> {
  return { text, answer };
}

/** A failure that the caller can act on, as a service tells it. */
export interface Problem {
  readonly __typename: 'Problem';
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export const problemSchema: z.ZodType<Problem> = z.object({
  __typename: z.literal('Problem'),
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** Put into every question whose answer may be a problem. */
export const problemFields = '__typename ... on Problem { code message details }';

/**
 * The answer, unless it is a problem.
 *
 * @throws ModaError with the code and the words of the service
 */
export function answerOf<Answer extends { readonly __typename: string }>(
  answer: Answer | Problem,
): Exclude<Answer, Problem> {
  if (isProblem(answer)) throw refusal(answer.code, answer.message, answer.details);
  return answer as Exclude<Answer, Problem>;
}

export function isProblem(answer: { readonly __typename: string }): answer is Problem {
  return answer.__typename === 'Problem';
}

/** What a service refused, as an error of the command: its own code where this version knows it. */
export function refusal(
  code: string | undefined,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ModaError {
  if (isKnown(code)) return new ModaError(code, message, details);
  return new ModaError('GATEWAY_REFUSED', message, { ...details, ...(code === undefined ? {} : { code }) });
}

function isKnown(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(errorCodes, code);
}
