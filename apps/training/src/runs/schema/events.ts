import { count, moment, text } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { doublePrecision, index, jsonb, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EventBody, EventKind } from '../run-event.js';
import { runs } from './runs.js';
import { trainingSchema } from './training-schema.js';

/** Everything that happened in a run. A metric point is one of these rows, with its numbers in the order of the run's metric names. */
export const events = trainingSchema.table(
  'events',
  {
    run: count()
      .notNull()
      .references(() => runs.number),
    sequence: count().notNull(),
    at: moment().notNull(),
    kind: text().$type<EventKind>().notNull(),
    /** Of all but metric points. */
    body: jsonb().$type<Exclude<EventBody, { readonly kind: 'metric' }>>(),
    step: count(),
    epoch: doublePrecision(),
    /** Null where the point has no number of this name. */
    measured: doublePrecision().array().$type<(number | null)[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.sequence] }),
    uniqueIndex('events_point')
      .on(table.run, table.step)
      .where(sql`kind = 'metric'`),
    index('events_kind')
      .on(table.run, table.kind, table.sequence)
      .where(sql`kind <> 'metric'`),
  ],
);
