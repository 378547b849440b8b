import { Cursors, type Page, pageOf, type PageRequest, type Store } from '@moda/service-kit/database';
import {
  and,
  arrayContains,
  count,
  desc,
  eq,
  ilike,
  inArray,
  max,
  min,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import { z } from 'zod';
import type { RunRecord } from './run-record.js';
import { toRunRecord } from './run-rows.js';
import type { ExperimentRecord, RunCriteria, RunOrder } from './run-store.js';
import { runs } from './schema/index.js';

/** What runs are sorted by before their number, and which way both go. */
const orders: Readonly<Record<RunOrder, { key: SQL; way: 'asc' | 'desc' }>> = {
  newest: { key: sql`0::float8`, way: 'desc' },
  oldest: { key: sql`0::float8`, way: 'asc' },
  queue: { key: sql`-${runs.priority}`, way: 'asc' },
  mostAccurate: { key: sql`coalesce(${runs.accuracy}, -1)`, way: 'desc' },
};

const place = z.tuple([z.number(), z.int().min(0)]);

export async function listRuns(
  store: Store,
  criteria: RunCriteria,
  order: RunOrder,
  page: PageRequest,
): Promise<Page<RunRecord>> {
  const cursors = new Cursors(['runs', order, sorted(criteria)], place);
  const after = cursors.read(page);
  const { key, way } = orders[order];
  const behind = sql.raw(way === 'asc' ? '>' : '<');
  const where = conditions(criteria);
  const rows = await store
    .select({ run: runs, key: sql<number>`(${key})::float8` })
    .from(runs)
    .where(and(where, after && sql`(${key}, ${runs.number}) ${behind} (${after[0]}, ${after[1]})`))
    .orderBy(sql`${key} ${sql.raw(way)}`, sql`${runs.number} ${sql.raw(way)}`)
    .limit(page.first + 1);
  return pageOf(rows, page, await store.$count(runs, where), (row) => ({
    item: toRunRecord(row.run),
    cursor: cursors.write([Number(row.key), row.run.number]),
  }));
}

const maxExperiments = 1000;

export async function listExperiments(store: Store): Promise<readonly ExperimentRecord[]> {
  const counted = await store
    .select({
      name: runs.experiment,
      state: runs.state,
      runs: count(),
      createdAt: min(runs.createdAt),
      changedAt: max(runs.since),
      best: max(runs.accuracy),
    })
    .from(runs)
    .groupBy(runs.experiment, runs.state)
    .orderBy(desc(max(runs.since)));
  const experiments = new Map<string, ExperimentRecord>();
  for (const { name, state, runs, createdAt, changedAt, best } of counted) {
    const known = experiments.get(name);
    experiments.set(name, {
      name,
      states: { ...known?.states, [state]: runs },
      runs: (known?.runs ?? 0) + runs,
      createdAt: new Date(Math.min(known?.createdAt.getTime() ?? Infinity, createdAt!.getTime())),
      changedAt: known?.changedAt ?? changedAt!,
      bestAccuracy:
        known?.bestAccuracy === undefined ? (best ?? undefined) : Math.max(known.bestAccuracy, best ?? 0),
    });
  }
  return [...experiments.values()].slice(0, maxExperiments);
}

function conditions(criteria: RunCriteria): SQL | undefined {
  const { ids, experiment, user, states, tags, text, arch, dataset, parentId, archived = false } = criteria;
  return and(
    ids && anyOf(runs.id, ids),
    states && anyOf(runs.state, states),
    experiment === undefined ? undefined : eq(runs.experiment, experiment),
    user === undefined ? undefined : eq(runs.user, user),
    tags && tags.length > 0 ? arrayContains(runs.tags, [...tags]) : undefined,
    arch === undefined ? undefined : sql`${runs.spec} ->> 'arch' = ${arch}`,
    dataset === undefined ? undefined : sql`${runs.spec} ->> 'dataset' = ${dataset}`,
    parentId === undefined ? undefined : eq(runs.parentId, parentId),
    archived === 'any' ? undefined : eq(runs.archived, archived),
    text === undefined || text === '' ? undefined : contains(text),
  );
}

function anyOf(column: typeof runs.id | typeof runs.state, values: readonly string[]): SQL {
  return values.length === 0 ? sql`false` : inArray(column as typeof runs.id, [...values]);
}

function contains(text: string): SQL | undefined {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('\0', '')}%`;
  return or(ilike(runs.name, pattern), ilike(runs.experiment, pattern), ilike(runs.id, pattern));
}

/** The same question whatever the order of its parts. */
const sorted = (criteria: RunCriteria): unknown =>
  Object.entries(criteria).sort(([a], [b]) => (a < b ? -1 : 1));
