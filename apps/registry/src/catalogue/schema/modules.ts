import { count, text } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { bigserial, doublePrecision, index, integer, uniqueIndex } from 'drizzle-orm/pg-core';
import { wordVector } from './word-vector.js';
import { listing } from './listing.js';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** One class of a version, at the version's own threshold. */
export const modules = registrySchema.table(
  'modules',
  {
    /** In the order of publication; within a version the last class has the lowest. */
    number: bigserial({ mode: 'number' }).primaryKey(),
    versionId: text()
      .notNull()
      .references(() => versions.id),
    /** Number of the version. */
    publication: count().notNull(),
    ...listing(),
    classIndex: integer().notNull(),
    className: text().notNull(),
    sourceLabel: integer().notNull(),
    parameters: count().notNull(),
    share: doublePrecision().notNull(),
    flops: count().notNull(),
    flopsShare: doublePrecision().notNull(),
    bytes: count().notNull(),
    accuracy: doublePrecision(),
    classWords: wordVector().notNull(),
    words: wordVector().notNull(),
  },
  (table) => [
    uniqueIndex('modules_class').on(table.versionId, table.classIndex),
    index('modules_publication').on(table.publication),
    index('modules_smallest').on(table.bytes, table.number),
    index('modules_fastest').on(table.flops, table.number),
    index('modules_most_accurate').on(sql`coalesce(${table.accuracy}, -1)`, table.number),
    index('modules_class_words').using('gin', table.classWords).with({ fastupdate: false }),
    index('modules_words').using('gin', table.words).with({ fastupdate: false }),
  ],
);
