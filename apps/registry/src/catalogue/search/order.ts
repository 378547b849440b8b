import { sql, type SQL } from 'drizzle-orm';
import type { SearchOrder } from '../catalogue.js';
import { uses, versions } from '../schema/index.js';
import type { Searched } from './criteria.js';

export interface Ordering {
  /** What is sorted by before the number of publication; undefined where that alone decides. */
  readonly key: SQL | undefined;
  /** Both the key and, among equal ones, the number. */
  readonly direction: 'asc' | 'desc';
}

export function orderingOf(order: SearchOrder, searched: Searched): Ordering {
  switch (order) {
    case 'newest':
      return { key: undefined, direction: 'desc' };
    case 'smallest':
      return { key: sql`${searched.bytes}`, direction: 'asc' };
    case 'fastest':
      return { key: sql`${searched.table.flops}`, direction: 'asc' };
    case 'mostAccurate':
      // Where it was not measured, last.
      return { key: sql`coalesce(${searched.table.accuracy}, -1)`, direction: 'desc' };
    case 'mostUsed':
      return { key: sql`(${versions.uses} - coalesce(recent.uses, 0))`, direction: 'desc' };
  }
}

/**
 * The uses of versions, and those since a page was first looked at: without these the counts are those of the first page, so that nothing
 * moves between pages.
 */
export function withUses({ table, publication }: Searched, usesSeen: number): SQL {
  const counted = table === versions ? sql`` : sql`join ${versions} on ${versions.number} = ${publication}`;
  return sql`${counted} left join (
    select ${uses.versionId} as version_id, count(*) as uses from ${uses} where ${uses.number} > ${usesSeen} group by 1
  ) as recent on recent.version_id = ${versions.id}`;
}
