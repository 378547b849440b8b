import { moment, text } from '@moda/service-kit/database';
import { bigserial, index } from 'drizzle-orm/pg-core';
import type { VersionState } from '../catalogue.js';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** Who deprecated, yanked or restored what, and when: kept for questions that come later. */
export const stateChanges = registrySchema.table(
  'state_changes',
  {
    number: bigserial({ mode: 'number' }).primaryKey(),
    versionId: text()
      .notNull()
      .references(() => versions.id),
    state: text().$type<VersionState>().notNull(),
    message: text(),
    by: text().notNull(),
    at: moment().notNull(),
  },
  (table) => [index('state_changes_version').on(table.versionId, table.number)],
);
