import { count, text } from '@moda/service-kit/database';
import { primaryKey } from 'drizzle-orm/pg-core';
import { runs } from './runs.js';
import { trainingSchema } from './training-schema.js';

/** To which byte the journals of workers were read. */
export const journals = trainingSchema.table(
  'journals',
  {
    run: count()
      .notNull()
      .references(() => runs.number),
    file: text().notNull(),
    bytesRead: count().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.file] })],
);
