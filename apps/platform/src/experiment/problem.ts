import { z } from 'zod';

/** The typed failure of a mutation. */
export const problemSchema = z.object({
  __typename: z.literal('Problem'),
  code: z.string(),
  message: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

export const problemFields = '... on Problem { code message }';
