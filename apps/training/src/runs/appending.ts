import type { Store } from '@moda/service-kit/database';
import { and, eq, inArray } from 'drizzle-orm';
import type { ReportedBody } from './run-event.js';
import { lockRun, type RunRow } from './run-rows.js';
import type { AppendOutcome, JournalPlace } from './run-store.js';
import { events, journals, runs } from './schema/index.js';

/** A statement has at most 65,535 values, and rows of a page of journal are some hundreds. */
const rowsPerStatement = 500;

interface Appending {
  readonly token: string;
  readonly from: JournalPlace;
  readonly bodies: readonly ReportedBody[];
  readonly nextOffset: number;
  readonly at: Date;
}

export async function journalOffset(store: Store, id: string, file: string): Promise<number> {
  const [row] = await store
    .select({ bytesRead: journals.bytesRead })
    .from(journals)
    .innerJoin(runs, eq(runs.number, journals.run))
    .where(and(eq(runs.id, id), eq(journals.file, file)));
  return row?.bytesRead ?? 0;
}

export async function append(
  store: Store,
  id: string,
  { token, from, bodies, nextOffset, at }: Appending,
): Promise<AppendOutcome> {
  const run = await lockRun(store, id);
  if (run === undefined || run.workerToken !== token) return { kind: 'lost' };
  const offset = await journalOffset(store, id, from.file);
  if (offset !== from.offset) return { kind: 'elsewhere', offset };

  const kept = await withoutKnownPoints(store, run, bodies);
  const first = run.lastSequence + 1;
  const metricNames = namesWith(run.metricNames, kept);
  const rows = kept.map((body, i) => ({
    run: run.number,
    sequence: first + i,
    at,
    kind: body.kind,
    ...columnsOf(body, metricNames),
  }));
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    await store.insert(events).values(rows.slice(start, start + rowsPerStatement));

  const last = run.lastSequence + kept.length;
  const reports = kept.filter((body) => body.kind === 'progress');
  const progress = reports.at(-1);
  const unit = reports.findLast((report) => report.unit !== undefined)?.unit;
  await store
    .update(runs)
    .set({
      lastSequence: last,
      metricNames: [...metricNames],
      ...pointColumns(run, kept),
      ...(progress && { progressDone: progress.done, progressTotal: progress.total }),
      ...(unit !== undefined && { progressUnit: unit }),
    })
    .where(eq(runs.number, run.number));
  await store
    .insert(journals)
    .values({ run: run.number, file: from.file, bytesRead: nextOffset })
    .onConflictDoUpdate({ target: [journals.run, journals.file], set: { bytesRead: nextOffset } });
  return { kind: 'appended', first, last };
}

type Point = Extract<ReportedBody, { readonly kind: 'metric' }>;
const isPoint = (body: ReportedBody): body is Point => body.kind === 'metric';

async function withoutKnownPoints(
  store: Store,
  { number, lastStep }: RunRow,
  bodies: readonly ReportedBody[],
): Promise<readonly ReportedBody[]> {
  const repeated = bodies
    .filter(isPoint)
    .map(({ step }) => step)
    .filter((step) => lastStep !== null && step <= lastStep);
  const known = new Set<number | null>();
  for (let start = 0; start < repeated.length; start += rowsPerStatement) {
    const some = repeated.slice(start, start + rowsPerStatement);
    const found = await store
      .select({ step: events.step })
      .from(events)
      .where(and(eq(events.run, number), eq(events.kind, 'metric'), inArray(events.step, some)));
    for (const { step } of found) known.add(step);
  }
  return bodies.filter((body) => {
    if (!isPoint(body)) return true;
    const isNew = !known.has(body.step);
    known.add(body.step);
    return isNew;
  });
}

function namesWith(names: readonly string[], bodies: readonly ReportedBody[]): readonly string[] {
  return [...new Set([...names, ...bodies.filter(isPoint).flatMap(({ values }) => Object.keys(values))])];
}

function columnsOf(body: ReportedBody, names: readonly string[]) {
  if (!isPoint(body)) return { body };
  return {
    step: body.step,
    epoch: body.epoch,
    measured: names.map((name) => (Object.hasOwn(body.values, name) ? body.values[name]! : null)),
  };
}

function pointColumns({ points, firstStep, lastStep }: RunRow, bodies: readonly ReportedBody[]) {
  const steps = bodies.filter(isPoint).map(({ step }) => step);
  if (steps.length === 0) return {};
  const lowest = (a: number, b: number) => Math.min(a, b);
  const highest = (a: number, b: number) => Math.max(a, b);
  return {
    points: points + steps.length,
    firstStep: steps.reduce(lowest, firstStep ?? Infinity),
    lastStep: steps.reduce(highest, lastStep ?? -Infinity),
  };
}
