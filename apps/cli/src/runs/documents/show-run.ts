import { z } from 'zod';
import { documentOf } from '../../gateway/document.js';
import { stateSchema, summaryFields, summarySchema } from './run-fields.js';

const artifactSchema = z.object({
  name: z.string(),
  digest: z.string().nullable(),
  sizeBytes: z.number(),
});

const runSchema = summarySchema.extend({
  command: z.string(),
  task: z.looseObject({ kind: z.string() }),
  user: z.string(),
  device: z.string().nullable(),
  notes: z.string().nullable(),
  traceId: z.string(),
  queuePosition: z.number().nullable(),
  parent: z.object({ id: z.string() }).nullable(),
  parentEpoch: z.number().nullable(),
  transitions: z
    .array(z.object({ at: z.string(), from: stateSchema.nullable(), to: stateSchema, reason: z.string() }))
    .nullable(),
  checkpoints: z.array(z.object({ epoch: z.number(), step: z.number() })).nullable(),
  /** Null where their files cannot be read. */
  artifacts: z.array(artifactSchema).nullable(),
  /** Null where the registry does not answer. */
  versions: z.array(z.object({ reference: z.string(), digest: z.string() })).nullable(),
});

export type RunDetails = Readonly<z.infer<typeof runSchema>>;

const shown = z.object({ run: runSchema.nullable() });

export const showDocument = documentOf<{ readonly id: string }, z.infer<typeof shown>>(
  `query Run($id: ID!) {
    run(id: $id) {
      ${summaryFields}
      command task device notes traceId queuePosition parent { id } parentEpoch
      transitions { at from to reason } checkpoints { epoch step } versions { reference digest } artifacts { name digest sizeBytes }
    }
  }`,
  shown,
);

const seen = z.object({ run: summarySchema.nullable() });

export const stateDocument = documentOf<{ readonly id: string }, z.infer<typeof seen>>(
  `query RunState($id: ID!) { run(id: $id) { ${summaryFields} } }`,
  seen,
);

const offered = z.object({
  run: z
    .object({
      state: stateSchema,
      artifacts: z.array(artifactSchema.extend({ url: z.url({ protocol: /^https?$/ }) })).nullable(),
    })
    .nullable(),
});

export type OfferedArtifact = Readonly<
  NonNullable<NonNullable<z.infer<typeof offered>['run']>['artifacts']>[number]
>;

/** With addresses that open for an hour. */
export const artifactsDocument = documentOf<{ readonly id: string }, z.infer<typeof offered>>(
  'query RunArtifacts($id: ID!) { run(id: $id) { state artifacts { name digest sizeBytes url } } }',
  offered,
);
