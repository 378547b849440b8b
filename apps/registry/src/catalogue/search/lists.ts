import { Cursors, type Page, pageOf, type PageRequest, rowsOf, type Store } from '@moda/service-kit/database';
import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { CompositionRecord, ModelName, VersionRecord } from '../catalogue.js';
import { toCompositionRecord } from '../compositions/composition-records.js';
import { compositions, versions } from '../schema/index.js';
import { toVersionRecord, versionColumns } from '../version-records.js';

const wholeNumber = z.int().min(0);

/** All versions of a model, the highest first. */
export async function versionsOf(
  store: Store,
  { owner, model }: ModelName,
  page: PageRequest,
): Promise<Page<VersionRecord>> {
  const cursors = new Cursors(['versionsOf', owner, model], z.tuple([z.string(), wholeNumber]));
  const after = cursors.read(page);
  const where = and(eq(versions.owner, owner), eq(versions.model, model));
  const behind = after && sql`(${versions.versionKey}, ${versions.number}) < (${after[0]}, ${after[1]})`;
  const rows = await store
    .select({ number: versions.number, key: versions.versionKey, ...versionColumns })
    .from(versions)
    .where(and(where, behind))
    .orderBy(desc(versions.versionKey), desc(versions.number))
    .limit(page.first + 1);
  return pageOf(rows, page, await store.$count(versions, where), ({ number, key, ...row }) => ({
    item: toVersionRecord(row),
    cursor: cursors.write([key, number]),
  }));
}

/** Every name that anything was ever released under, in the order of the names. */
export async function modelNames(
  store: Store,
  page: PageRequest & { readonly owner?: string },
): Promise<Page<ModelName>> {
  const cursors = new Cursors(['modelNames', page.owner], z.tuple([z.string(), z.string()]));
  const after = cursors.read(page);
  const ofOwner = page.owner === undefined ? undefined : eq(versions.owner, page.owner);
  const names = (where: SQL | undefined) =>
    store
      .select({ owner: versions.owner, model: versions.model })
      .from(versions)
      .where(where)
      .groupBy(versions.owner, versions.model);
  const rows = await names(
    and(ofOwner, after && sql`(${versions.owner}, ${versions.model}) > (${after[0]}, ${after[1]})`),
  )
    .orderBy(asc(versions.owner), asc(versions.model))
    .limit(page.first + 1);
  const [total] = await rowsOf<{ count: number }>(
    store,
    sql`select count(*)::integer as count from (${names(ofOwner)}) as names`,
  );
  return pageOf(rows, page, total?.count ?? 0, (item) => ({
    item,
    cursor: cursors.write([item.owner, item.model]),
  }));
}

/** Those of a version, the newest first, cut or not. */
export async function compositionsOf(
  store: Store,
  versionId: string,
  page: PageRequest,
): Promise<Page<CompositionRecord>> {
  const cursors = new Cursors(['compositionsOf', versionId], wholeNumber);
  const after = cursors.read(page);
  const where = eq(compositions.versionId, versionId);
  const rows = await store
    .select()
    .from(compositions)
    .where(and(where, after === undefined ? undefined : sql`${compositions.number} < ${after}`))
    .orderBy(desc(compositions.number))
    .limit(page.first + 1);
  return pageOf(rows, page, await store.$count(compositions, where), (row) => ({
    item: toCompositionRecord(row),
    cursor: cursors.write(row.number),
  }));
}
