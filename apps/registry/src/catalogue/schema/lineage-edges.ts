import { text } from '@moda/service-kit/database';
import { index, primaryKey } from 'drizzle-orm/pg-core';
import type { LineageEdge } from '../catalogue.js';
import { registrySchema } from './registry-schema.js';

/** Which package came from which. The source need not be published here. */
export const lineageEdges = registrySchema.table(
  'lineage_edges',
  {
    fromDigest: text().notNull(),
    toDigest: text().notNull(),
    role: text().$type<LineageEdge['role']>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.fromDigest, table.toDigest, table.role] }),
    index('lineage_edges_to').on(table.toDigest),
  ],
);
