import { z } from 'zod';
import { documentOf, problemFields, problemSchema } from '../../gateway/document.js';
import { summaryFields, summarySchema } from './run-fields.js';

const cancelled = z.object({
  cancelRuns: z.array(z.union([summarySchema.extend({ __typename: z.literal('Run') }), problemSchema])),
});

export const cancelDocument = documentOf<{ readonly ids: readonly string[] }, z.infer<typeof cancelled>>(
  `mutation CancelRuns($ids: [ID!]!) {
    cancelRuns(ids: $ids) { ${problemFields} ... on Run { ${summaryFields} } }
  }`,
  cancelled,
);

export interface PublishInput {
  readonly id: string;
  readonly owner: string;
  readonly model: string;
  readonly version: string;
  readonly license: string;
}

const publication = z.object({
  __typename: z.literal('Publication'),
  reference: z.string(),
  digest: z.string(),
  created: z.boolean(),
});

const published = z.object({ publishRun: z.union([publication, problemSchema]) });

export const publishDocument = documentOf<{ readonly input: PublishInput }, z.infer<typeof published>>(
  `mutation PublishRun($input: PublishRunInput!) {
    publishRun(input: $input) { ${problemFields} ... on Publication { reference digest created } }
  }`,
  published,
);
