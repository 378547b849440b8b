import type { PackageManifest, PackageSignature } from '@moda/module-format';
import { moment, text } from '@moda/service-kit/database';
import { index, json } from 'drizzle-orm/pg-core';
import { registrySchema } from './registry-schema.js';

/** What was announced and is not released yet. */
export const drafts = registrySchema.table(
  'drafts',
  {
    id: text().primaryKey(),
    owner: text().notNull(),
    model: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    package: json().$type<PackageManifest>().notNull(),
    signature: json().$type<PackageSignature>(),
    description: text(),
    runId: text(),
    by: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index('drafts_expiry').on(table.expiresAt)],
);
