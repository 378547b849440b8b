import { Cursors, type PageRequest, rowsOf, type Store } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { SearchCriteria, SearchOrder } from '../catalogue.js';
import { currentNumber } from '../clock.js';
import { conditions, type Searched } from './criteria.js';
import { estimate } from './estimate.js';
import { orderingOf, withUses } from './order.js';

export interface SearchedList {
  readonly name: 'modules' | 'versions';
  /** Unique, in the order of publication, never changed. */
  readonly number: PgColumn;
  readonly searched: Searched;
}

export interface FoundPage {
  readonly items: readonly { readonly number: number; readonly cursor: string }[];
  readonly hasNext: boolean;
  readonly totalEstimate: number;
}

const place = z.strictObject({
  /** Publications and uses that the first page saw. */
  seen: z.int().min(0),
  usesSeen: z.int().min(0),
  total: z.int().min(0),
  /** Of the last item: what it is sorted by, and its number. */
  key: z.number(),
  number: z.int().min(0),
});

/**
 * A page of a search. All pages show what the first one could have shown, whatever was published or used since, less what was taken back: the
 * cursor carries the numbers of the last publication and use that were seen, and the place itself is made of values that do not change.
 */
export async function findPage(
  store: Store,
  list: SearchedList,
  criteria: SearchCriteria,
  order: SearchOrder,
  page: PageRequest,
): Promise<FoundPage> {
  const cursors = new Cursors([list.name, order, sorted(criteria)], place);
  const after = cursors.read(page);
  const seen = after?.seen ?? (await currentNumber(store, 'publications'));
  const usesSeen = after?.usesSeen ?? (order === 'mostUsed' ? await currentNumber(store, 'uses') : 0);
  const where = conditions(criteria, list.searched, seen) ?? sql`true`;
  const total = after?.total ?? (await estimate(store, sql`from ${list.searched.table} where ${where}`));

  const { key, direction } = orderingOf(order, list.searched);
  const way = sql.raw(direction);
  const behind = sql.raw(direction === 'asc' ? '>' : '<');
  const keys = key === undefined ? sql`${list.number}` : sql`${key}, ${list.number}`;
  const last = key === undefined ? sql`${after?.number}` : sql`${after?.key}, ${after?.number}`;
  const rows = await rowsOf<{ number: number | string; key: number | string }>(
    store,
    sql`select ${list.number} as number, ${key ?? sql`0`} as key
      from ${list.searched.table} ${order === 'mostUsed' ? withUses(list.searched, usesSeen) : sql``}
      where ${where} ${after === undefined ? sql`` : sql`and (${keys}) ${behind} (${last})`}
      order by ${key === undefined ? sql`` : sql`${key} ${way}, `}${list.number} ${way}
      limit ${page.first + 1}`,
  );
  const items = rows.slice(0, page.first).map((row) => {
    const number = Number(row.number);
    return { number, cursor: cursors.write({ seen, usesSeen, total, key: Number(row.key), number }) };
  });
  return { items, hasNext: rows.length > page.first, totalEstimate: total };
}

/** The same question whatever the order of its parts. */
const sorted = (criteria: SearchCriteria): unknown =>
  Object.entries(criteria).sort(([a], [b]) => (a < b ? -1 : 1));
