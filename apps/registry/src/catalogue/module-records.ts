import { type Store, withoutNulls } from '@moda/service-kit/database';
import { and, asc, eq, getTableColumns } from 'drizzle-orm';
import type { FoundModule, ModuleRecord } from './catalogue.js';
import { modules } from './schema/index.js';
import { versionById } from './version-records.js';

const columns = getTableColumns(modules);

/** Everything but what serves order and search. */
export const moduleColumns = {
  versionId: columns.versionId,
  classIndex: columns.classIndex,
  className: columns.className,
  sourceLabel: columns.sourceLabel,
  parameters: columns.parameters,
  share: columns.share,
  flops: columns.flops,
  flopsShare: columns.flopsShare,
  bytes: columns.bytes,
  accuracy: columns.accuracy,
};

type ModuleRow = Pick<typeof modules.$inferSelect, keyof typeof moduleColumns>;

export function toModuleRecord(row: ModuleRow): ModuleRecord {
  return { ...withoutNulls(row), id: `${row.versionId}.${row.classIndex}` };
}

/** By class. */
export async function modulesOf(store: Store, versionId: string): Promise<readonly ModuleRecord[]> {
  const rows = await store
    .select(moduleColumns)
    .from(modules)
    .where(eq(modules.versionId, versionId))
    .orderBy(asc(modules.classIndex));
  return rows.map(toModuleRecord);
}

export async function findModule(store: Store, id: string): Promise<FoundModule | undefined> {
  const [, versionId, classIndex] = /^(.+)\.(\d{1,5})$/s.exec(id) ?? [];
  if (versionId === undefined) return undefined;
  const [row] = await store
    .select(moduleColumns)
    .from(modules)
    .where(and(eq(modules.versionId, versionId), eq(modules.classIndex, Number(classIndex))));
  const version = row && (await versionById(store, row.versionId));
  return row && version && { module: toModuleRecord(row), version };
}
