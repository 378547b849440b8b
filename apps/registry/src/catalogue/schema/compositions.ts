import type { PackageManifest, PackageSignature } from '@moda/module-format';
import { count, moment, text } from '@moda/service-kit/database';
import { bigserial, doublePrecision, index, integer, json } from 'drizzle-orm/pg-core';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** Sets of classes that were asked for. */
export const compositions = registrySchema.table(
  'compositions',
  {
    number: bigserial({ mode: 'number' }).primaryKey(),
    /** Digest of the derivation. */
    id: text().notNull().unique(),
    versionId: text()
      .notNull()
      .references(() => versions.id),
    parentDigest: text().notNull(),
    ratesDigest: text().notNull(),
    classes: integer().array().notNull(),
    tau: doublePrecision().notNull(),
    parameters: count().notNull(),
    flops: count().notNull(),
    weightsBytes: count().notNull(),
    /** Of its package, once it was cut. */
    digest: text(),
    package: json().$type<PackageManifest>(),
    signature: json().$type<PackageSignature>(),
    createdAt: moment().notNull(),
  },
  (table) => [
    index('compositions_version').on(table.versionId, table.number),
    index('compositions_digest').on(table.digest),
  ],
);
