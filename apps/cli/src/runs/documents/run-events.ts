import { z } from 'zod';
import { documentOf } from '../../gateway/document.js';
import { stateSchema } from './run-fields.js';

const eventFields = `sequence at kind body { __typename
  ... on StateChange { from to reason }
  ... on MetricPoint { step values { name value } }
  ... on LogLine { level attempt line text }
  ... on CheckpointWritten { epoch step }
  ... on ArtifactWritten { name sizeBytes }
  ... on ProgressMade { done total } }`;

const logLine = z.object({
  __typename: z.literal('LogLine'),
  level: z.string(),
  attempt: z.number(),
  line: z.number(),
  text: z.string(),
});

const eventSchema = z.object({
  sequence: z.number(),
  at: z.string(),
  kind: z.string(),
  body: z.discriminatedUnion('__typename', [
    z.object({
      __typename: z.literal('StateChange'),
      from: stateSchema.nullable(),
      to: stateSchema,
      reason: z.string(),
    }),
    z.object({
      __typename: z.literal('MetricPoint'),
      step: z.number(),
      values: z.array(z.object({ name: z.string(), value: z.number().nullable() })),
    }),
    logLine,
    z.object({ __typename: z.literal('CheckpointWritten'), epoch: z.number(), step: z.number() }),
    z.object({ __typename: z.literal('ArtifactWritten'), name: z.string(), sizeBytes: z.number() }),
    z.object({ __typename: z.literal('ProgressMade'), done: z.number(), total: z.number() }),
  ]),
});

export type RunEvent = Readonly<z.infer<typeof eventSchema>>;

/** Where somebody is in the events of a run. */
export interface EventPosition {
  readonly id: string;
  /** Sequence of the last event that is known: what a connection goes on after. */
  readonly after: number;
}

const told = z.object({ runEvents: eventSchema });

export const eventsSubscription = documentOf<EventPosition, z.infer<typeof told>>(
  `subscription RunEvents($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after) { ${eventFields} } }`,
  told,
);

const logPage = z.object({
  runEvents: z.object({
    events: z.array(z.object({ sequence: z.number(), at: z.string(), body: logLine })),
    endSequence: z.number(),
    hasMore: z.boolean(),
  }),
});

export type LoggedLine = Readonly<z.infer<typeof logPage>['runEvents']['events'][number]>;

export const logDocument = documentOf<EventPosition, z.infer<typeof logPage>>(
  `query RunLog($id: ID!, $after: SafeInt!) {
    runEvents(id: $id, after: $after, first: 1000, kinds: [log]) {
      events { sequence at body { __typename ... on LogLine { level attempt line text } } } endSequence hasMore
    }
  }`,
  logPage,
);
