import { text } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { check, index } from 'drizzle-orm/pg-core';
import { compositions } from './compositions.js';
import { drafts } from './drafts.js';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** Who needs which blob. What is not named here the collector may remove. */
export const blobReferences = registrySchema.table(
  'blob_references',
  {
    digest: text().notNull(),
    draftId: text().references(() => drafts.id, { onDelete: 'cascade' }),
    versionId: text().references(() => versions.id),
    compositionId: text().references(() => compositions.id),
  },
  (table) => [
    check('one_holder', sql`num_nonnulls(${table.draftId}, ${table.versionId}, ${table.compositionId}) = 1`),
    index('blob_references_digest').on(table.digest),
    index('blob_references_draft').on(table.draftId),
  ],
);
