import type { ModelManifest, PackageManifest, PackageSignature } from '@moda/module-format';
import { byteOrderedText, count, moment, text } from '@moda/service-kit/database';
import { boolean, doublePrecision, index, json, uniqueIndex } from 'drizzle-orm/pg-core';
import { wordVector } from './word-vector.js';
import { listing } from './listing.js';
import { registrySchema } from './registry-schema.js';

/** What was released. Rows are never removed: a digest stays resolvable. */
export const versions = registrySchema.table(
  'versions',
  {
    /** Of the clock of publications. */
    number: count().primaryKey(),
    id: text().notNull().unique(),
    ...listing(),
    /** The draft it was, so that a release that is repeated finds it. */
    draftId: text().notNull().unique(),
    version: text().notNull(),
    /** Sorts like the semantic version. */
    versionKey: byteOrderedText().notNull(),
    prerelease: boolean().notNull(),
    digest: text().notNull(),
    package: json().$type<PackageManifest>().notNull(),
    signature: json().$type<PackageSignature>(),
    stateMessage: text(),
    description: text(),
    runId: text(),
    publishedBy: text().notNull(),
    publishedAt: moment().notNull(),
    manifest: json().$type<ModelManifest>().notNull(),
    architecture: text().notNull(),
    dataset: text(),
    license: text().notNull(),
    parameters: count().notNull(),
    flops: count().notNull(),
    weightsBytes: count().notNull(),
    weightsDigest: text().notNull(),
    ratesDigest: text(),
    tau: doublePrecision().notNull(),
    accuracy: doublePrecision(),
    /** How often its weights were taken. */
    uses: count().notNull().default(0),
    /** Words of all its classes, to find candidates quickly, and per class, to tell whether one class has them all. */
    classWords: wordVector().notNull(),
    classKeys: text().array().notNull(),
    words: wordVector().notNull(),
  },
  (table) => [
    uniqueIndex('versions_name').on(table.owner, table.model, table.version),
    index('versions_order').on(table.owner, table.model, table.versionKey, table.number),
    index('versions_digest').on(table.digest),
    index('versions_run').on(table.runId, table.number),
    index('versions_class_words').using('gin', table.classWords).with({ fastupdate: false }),
    index('versions_words').using('gin', table.words).with({ fastupdate: false }),
  ],
);
