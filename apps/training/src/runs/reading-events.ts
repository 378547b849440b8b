import type { Store } from '@moda/service-kit/database';
import { and, asc, eq, gt, inArray, ne } from 'drizzle-orm';
import type { EventBody, EventKind, RunEvent, Transition } from './run-event.js';
import { events, runs } from './schema/index.js';

const maxEvents = 10_000;

export async function readEvents(
  store: Store,
  id: string,
  after: number,
  limit: number,
  kinds?: readonly EventKind[],
): Promise<readonly RunEvent[]> {
  const [run] = await store.select({ number: runs.number }).from(runs).where(eq(runs.id, id));
  if (run === undefined || kinds?.length === 0) return [];
  const rows = await store
    .select()
    .from(events)
    .where(
      and(
        eq(events.run, run.number),
        gt(events.sequence, after),
        kinds && inArray(events.kind, [...kinds]),
        // An index of its own serves those that are few among many points.
        kinds && !kinds.includes('metric') ? ne(events.kind, 'metric') : undefined,
      ),
    )
    .orderBy(asc(events.sequence))
    .limit(Math.min(Math.max(limit, 1), maxEvents));
  // Read after the points, so that there is a name for every number: names are only ever added.
  const names = rows.some(({ body }) => body === null) ? await metricNames(store, run.number) : [];
  return rows.map(({ sequence, at, ...row }) => ({
    runId: id,
    sequence,
    at,
    body: row.body ?? pointOf(row, names),
  }));
}

export async function transitions(store: Store, id: string): Promise<readonly Transition[]> {
  const found = await readEvents(store, id, 0, maxEvents, ['state']);
  return found.flatMap(({ at, body }) =>
    body.kind === 'state' ? [{ from: body.from, to: body.to, reason: body.reason, at }] : [],
  );
}

async function metricNames(store: Store, number: number): Promise<readonly string[]> {
  const [run] = await store
    .select({ metricNames: runs.metricNames })
    .from(runs)
    .where(eq(runs.number, number));
  return run?.metricNames ?? [];
}

function pointOf(
  { step, epoch, measured }: Pick<typeof events.$inferSelect, 'step' | 'epoch' | 'measured'>,
  names: readonly string[],
): EventBody {
  const values = (measured ?? []).flatMap((value, i) =>
    value === null ? [] : [[names[i]!, value] as const],
  );
  return {
    kind: 'metric',
    step: step ?? 0,
    ...(epoch !== null && { epoch }),
    values: Object.fromEntries(values),
  };
}
