import type { Page, PageRequest, Store } from '@moda/service-kit/database';
import { inArray } from 'drizzle-orm';
import type { FoundModule, SearchCriteria, SearchOrder, VersionRecord } from '../catalogue.js';
import { moduleColumns, toModuleRecord } from '../module-records.js';
import { modules, versions } from '../schema/index.js';
import { toVersionRecord, versionColumns, versionsById } from '../version-records.js';
import { searchedModules, searchedVersions } from './criteria.js';
import { findPage, type FoundPage, type SearchedList } from './find-page.js';

const moduleList: SearchedList = {
  name: 'modules',
  number: modules.number,
  searched: searchedModules,
};

const versionList: SearchedList = {
  name: 'versions',
  number: versions.number,
  searched: searchedVersions,
};

export async function searchModules(
  store: Store,
  criteria: SearchCriteria,
  order: SearchOrder,
  page: PageRequest,
): Promise<Page<FoundModule>> {
  const found = await findPage(store, moduleList, criteria, order, page);
  if (found.items.length === 0) return { ...found, items: [] };
  const rows = await store
    .select({ number: modules.number, ...moduleColumns })
    .from(modules)
    .where(inArray(modules.number, numbersOf(found)));
  // Many modules of a page are of one version, whose manifest is not read for each.
  const byId = await versionsById(
    store,
    rows.map(({ versionId }) => versionId),
  );
  const items = new Map(
    rows.map(({ number, ...row }) => [
      number,
      { module: toModuleRecord(row), version: byId.get(row.versionId)! },
    ]),
  );
  return inOrder(found, items);
}

export async function searchVersions(
  store: Store,
  criteria: SearchCriteria,
  order: SearchOrder,
  page: PageRequest,
): Promise<Page<VersionRecord>> {
  const found = await findPage(store, versionList, criteria, order, page);
  if (found.items.length === 0) return { ...found, items: [] };
  const rows = await store
    .select({ number: versions.number, ...versionColumns })
    .from(versions)
    .where(inArray(versions.number, numbersOf(found)));
  return inOrder(found, new Map(rows.map(({ number, ...row }) => [number, toVersionRecord(row)])));
}

const numbersOf = ({ items }: FoundPage): number[] => items.map(({ number }) => number);

/** Rows are never removed, so each number has its item. */
function inOrder<T>(found: FoundPage, items: ReadonlyMap<number, T>): Page<T> {
  return { ...found, items: found.items.map(({ number, cursor }) => ({ item: items.get(number)!, cursor })) };
}
