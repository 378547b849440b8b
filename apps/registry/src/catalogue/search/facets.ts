import type { Store } from '@moda/service-kit/database';
import { and, count, desc, isNotNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Catalogue, Facet } from '../catalogue.js';
import { currentNumber } from '../clock.js';
import { modules, versions } from '../schema/index.js';
import { conditions, type Searched, searchedModules, searchedVersions } from './criteria.js';

/** The most frequent ones; a list to choose from is not longer. */
const maxValues = 5000;

/** What the newest released version of each model has, the most frequent first. */
export async function facets(store: Store): ReturnType<Catalogue['facets']> {
  const seen = await currentNumber(store, 'publications');
  const valuesOf = async (searched: Searched, column: PgColumn): Promise<readonly Facet[]> =>
    store
      .select({ value: sql<string>`${column}`, count: count() })
      .from(searched.table)
      .where(and(conditions({}, searched, seen), isNotNull(column)))
      .groupBy(column)
      .orderBy(desc(count()), column)
      .limit(maxValues);
  return {
    classes: await valuesOf(searchedModules, modules.className),
    datasets: await valuesOf(searchedVersions, versions.dataset),
    architectures: await valuesOf(searchedVersions, versions.architecture),
    licenses: await valuesOf(searchedVersions, versions.license),
  };
}
