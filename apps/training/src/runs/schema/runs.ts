import { type RunState, type RunTask, trainTask, type TrainSpec } from '@moda/contracts';
import { byteOrderedText, count, moment, text } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { bigserial, boolean, doublePrecision, index, integer, jsonb, uniqueIndex } from 'drizzle-orm/pg-core';
import type { RunOutcome } from '../run-record.js';
import { trainingSchema } from './training-schema.js';

/** A row a run, for good. Whoever adds events or changes the state holds the row until it is committed, so events are in order. */
export const runs = trainingSchema.table(
  'runs',
  {
    /** In the order of submission. */
    number: bigserial({ mode: 'number' }).primaryKey(),
    id: text().notNull().unique(),
    experiment: byteOrderedText().notNull(),
    name: text(),
    user: text().notNull(),
    spec: jsonb().$type<TrainSpec>().notNull(),
    task: jsonb().$type<RunTask>().notNull().default(trainTask),
    state: text().$type<RunState>().notNull(),
    reason: text().notNull(),
    since: moment().notNull(),
    priority: integer().notNull(),
    attempt: integer().notNull().default(0),
    createdAt: moment().notNull(),
    startedAt: moment(),
    endedAt: moment(),
    heartbeatAt: moment(),
    workerPid: integer(),
    workerHost: text(),
    workerToken: text(),
    cancelRequestedAt: moment(),
    parentId: text(),
    parentEpoch: integer(),
    idempotencyKey: text(),
    progressDone: doublePrecision().notNull().default(0),
    progressTotal: doublePrecision().notNull().default(0),
    progressUnit: text().notNull().default('step'),
    device: text(),
    traceId: text().notNull(),
    outcome: jsonb().$type<RunOutcome>(),
    /** Of the outcome, to sort by. */
    accuracy: doublePrecision(),
    error: jsonb().$type<{ readonly code: string; readonly message: string }>(),
    notes: text(),
    tags: text().array().notNull(),
    archived: boolean().notNull().default(false),
    /** What the numbers of a point mean, by their place; names are added at the end. */
    metricNames: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    points: count().notNull().default(0),
    /** Of the points, where there are any. */
    firstStep: count(),
    lastStep: count(),
    lastSequence: count().notNull().default(0),
  },
  (table) => [
    uniqueIndex('runs_idempotency').on(table.user, table.idempotencyKey),
    index('runs_experiment').on(table.experiment, table.number),
    index('runs_state').on(table.state, table.priority.desc(), table.number),
  ],
);
