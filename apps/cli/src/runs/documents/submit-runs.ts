import { z } from 'zod';
import { documentOf, problemFields, problemSchema } from '../../gateway/document.js';
import { summaryFields, summarySchema } from './run-fields.js';

export interface SubmitInput {
  readonly experiment: string;
  readonly spec: object;
  readonly name?: string | undefined;
  readonly notes?: string | undefined;
  readonly priority?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly dryRun?: boolean;
}

export interface SweepInput extends Pick<SubmitInput, 'experiment' | 'priority' | 'tags' | 'idempotencyKey'> {
  readonly base: object;
  readonly grid: object;
}

export interface ForkRequest {
  readonly id: string;
  readonly epoch: number;
  readonly changes: object;
  readonly name?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export const submissionSchema = z.object({
  __typename: z.literal('Submission'),
  created: z.boolean(),
  run: summarySchema,
});
export type Submission = Readonly<z.infer<typeof submissionSchema>>;

export const submissionFields = `... on Submission { created run { ${summaryFields} } }`;

const estimateSchema = z.object({
  __typename: z.literal('Estimate'),
  device: z.string(),
  steps: z.number(),
  seconds: z.number(),
  peakBytes: z.number(),
});

const dryRun = z.object({
  __typename: z.literal('DryRun'),
  command: z.string(),
  spec: z.record(z.string(), z.unknown()),
  estimate: z.union([estimateSchema, problemSchema]),
});
export type DryRun = Readonly<z.infer<typeof dryRun>>;

const submitted = z.object({ submitRun: z.union([submissionSchema, dryRun, problemSchema]) });

export const submitDocument = documentOf<{ readonly input: SubmitInput }, z.infer<typeof submitted>>(
  `mutation SubmitRun($input: SubmitRunInput!) {
    submitRun(input: $input) {
      ${problemFields} ${submissionFields}
      ... on DryRun { command spec estimate { ${problemFields} ... on Estimate { device steps seconds peakBytes } } }
    }
  }`,
  submitted,
);

const resumed = z.object({ resumeRun: z.union([submissionSchema, problemSchema]) });

export const resumeDocument = documentOf<
  { readonly id: string; readonly idempotencyKey?: string | undefined },
  z.infer<typeof resumed>
>(
  `mutation ResumeRun($id: ID!, $idempotencyKey: String) {
    resumeRun(id: $id, idempotencyKey: $idempotencyKey) { ${problemFields} ${submissionFields} }
  }`,
  resumed,
);

const forked = z.object({ forkRun: z.union([submissionSchema, problemSchema]) });

export const forkDocument = documentOf<ForkRequest, z.infer<typeof forked>>(
  `mutation ForkRun($id: ID!, $epoch: Int!, $changes: JSONObject, $name: String, $idempotencyKey: String) {
    forkRun(id: $id, epoch: $epoch, changes: $changes, name: $name, idempotencyKey: $idempotencyKey) {
      ${problemFields} ${submissionFields}
    }
  }`,
  forked,
);

const swept = z.object({
  sweep: z.union([
    z.object({
      __typename: z.literal('Sweep'),
      submissions: z.array(submissionSchema.omit({ __typename: true })),
    }),
    problemSchema,
  ]),
});

export const sweepDocument = documentOf<{ readonly input: SweepInput }, z.infer<typeof swept>>(
  `mutation Sweep($input: SweepInput!) {
    sweep(input: $input) {
      ${problemFields} ... on Sweep { submissions { created run { ${summaryFields} } } }
    }
  }`,
  swept,
);
