import { byteOrderedText, moment, text } from '@moda/service-kit/database';
import { bigserial, index } from 'drizzle-orm/pg-core';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** Every move of every alias; the last one is where it stands. */
export const aliasMoves = registrySchema.table(
  'alias_moves',
  {
    number: bigserial({ mode: 'number' }).primaryKey(),
    owner: byteOrderedText().notNull(),
    model: byteOrderedText().notNull(),
    alias: byteOrderedText().notNull(),
    /** Absent for the first. */
    fromVersionId: text().references(() => versions.id),
    /** Absent where the alias went. */
    toVersionId: text().references(() => versions.id),
    by: text().notNull(),
    at: moment().notNull(),
    reason: text(),
  },
  (table) => [index('alias_moves_alias').on(table.owner, table.model, table.alias, table.number)],
);
