import { rowsOf, type Store } from '@moda/service-kit/database';
import { type SQL, sql } from 'drizzle-orm';

/** Up to here rows are counted one by one. */
const maxCounted = 10_000;

/** How many rows there are: exact up to 10,000, above that what the planner expects of its statistics. */
export async function estimate(store: Store, fromWhere: SQL): Promise<number> {
  const counted = await rowsOf<{ count: number }>(
    store,
    sql`select count(*)::integer as count from (select 1 ${fromWhere} limit ${maxCounted + 1}) as counted`,
  );
  const count = counted[0]?.count ?? 0;
  if (count <= maxCounted) return count;
  const plan = await rowsOf<{ 'QUERY PLAN': unknown }>(
    store,
    sql`explain (format json) select 1 ${fromWhere}`,
  );
  return Math.max(count, plannedRows(plan[0]?.['QUERY PLAN']));
}

function plannedRows(plan: unknown): number {
  const parsed = (typeof plan === 'string' ? JSON.parse(plan) : plan) as
    readonly { readonly Plan?: { readonly 'Plan Rows'?: number } }[] | undefined;
  return parsed?.[0]?.Plan?.['Plan Rows'] ?? 0;
}
