import { byteOrderedText, count, moment, text } from '@moda/service-kit/database';
import { boolean, index, primaryKey } from 'drizzle-orm/pg-core';
import { runs } from './runs.js';
import { trainingSchema } from './training-schema.js';

/** What the blob store has of the files of runs: a file is its pieces one after the other, each a blob. */
export const filePieces = trainingSchema.table(
  'run_files',
  {
    run: count()
      .notNull()
      .references(() => runs.number),
    /** Path in the folder of the run, with slashes. */
    name: byteOrderedText().notNull(),
    /** Where in the file the piece begins. */
    startByte: count().notNull(),
    sizeBytes: count().notNull(),
    /** Of the blob. */
    digest: text().notNull(),
    /** The piece is the file, and nothing is to be added to it. */
    isWhole: boolean().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.name, table.startByte] }),
    // Whether somebody refers to a blob.
    index('run_files_digest').on(table.digest),
  ],
);
