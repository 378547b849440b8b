import { z } from 'zod';

/** A question to the registry: its text, and what an answer looks like. `Variables` are what it takes. */
export interface Document<Variables extends object, Answer> {
  readonly text: string;
  readonly answer: z.ZodType<Answer>;
  /** For the type only. */
  readonly variables?: (variables: Variables) => void;
}

/** A failure that the caller can act on, as the registry tells it. */
export interface Problem {
  readonly __typename: 'Problem';
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly nearest?: string | null | undefined;
}

export const problemSchema: z.ZodType<Problem> = z.object({
  __typename: z.literal('Problem'),
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  nearest: z.string().nullish(),
});

/** Put into every question whose answer may be a problem. */
export const problemFields = '... on Problem { code message details nearest }';

/** A question with one field, whose answer may be a problem. */
export function documentOf<Variables extends object, Answer>(
  text: string,
  answer: z.ZodType<Answer>,
): Document<Variables, Answer> {
  return { text, answer };
}
