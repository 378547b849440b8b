import { rowsOf, type Store } from '@moda/service-kit/database';
import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Series, SeriesPoint } from './run-store.js';
import { events, runs } from './schema/index.js';

const maxPoints = 10_000;

/** A run with points, and what the numbers of its points mean. */
interface Source {
  readonly id: string;
  readonly number: number;
  readonly metricNames: readonly string[];
  readonly points: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

export async function readSeries(
  store: Store,
  ids: readonly string[],
  names: readonly string[],
  { points }: { readonly points: number },
): Promise<readonly Series[]> {
  const limit = Math.min(Math.max(points, 2), maxPoints);
  const sources = await sourcesOf(store, ids);
  const series: Series[] = [];
  for (const alike of grouped(sources, limit)) {
    const { metricNames } = alike[0]!;
    const wanted = names.length === 0 ? metricNames : metricNames.filter((name) => names.includes(name));
    if (wanted.length === 0) continue;
    const places = wanted.map((name) => metricNames.indexOf(name));
    const found =
      alike[0]!.points <= limit
        ? await wholePoints(store, alike, places)
        : await extremes(store, alike, places, Math.floor(limit / 2));
    for (const { id, number, points: total } of alike)
      for (const [i, name] of wanted.entries())
        series.push({ runId: id, name, total, points: found.get(number)?.[i] ?? [] });
  }
  const asked = new Map(ids.map((id, i) => [id, i]));
  return series.sort((a, b) => asked.get(a.runId)! - asked.get(b.runId)!);
}

async function sourcesOf(store: Store, ids: readonly string[]): Promise<readonly Source[]> {
  if (ids.length === 0) return [];
  const rows = await store
    .select({
      id: runs.id,
      number: runs.number,
      metricNames: runs.metricNames,
      points: runs.points,
      firstStep: runs.firstStep,
      lastStep: runs.lastStep,
    })
    .from(runs)
    .where(inArray(runs.id, [...new Set(ids)]));
  return rows.flatMap(({ firstStep, lastStep, ...row }) =>
    firstStep === null || lastStep === null ? [] : [{ ...row, firstStep, lastStep }],
  );
}

/** Runs whose points one statement reads: with the same metrics in the same places, all of them whole or all of them not. */
function grouped(sources: readonly Source[], limit: number): readonly (readonly Source[])[] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = JSON.stringify([source.points <= limit, source.metricNames]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return [...groups.values()];
}

/** By number of the run, then by place of the metric among those that are wanted. */
type Found = Map<number, SeriesPoint[][]>;

/** PostgreSQL counts from 1. */
const numberAt = (place: number): SQL => sql`${events.measured}[${sql.raw(String(place + 1))}]`;

async function wholePoints(
  store: Store,
  sources: readonly Source[],
  places: readonly number[],
): Promise<Found> {
  const rows = await rowsOf<{ run: string | number; step: string | number; measured: (number | null)[] }>(
    store,
    sql`select ${events.run} as run, ${events.step} as step, array[${list(places.map(numberAt))}] as measured
      from ${pointsOf(sources)} order by ${events.run}, ${events.step}`,
  );
  const found: Found = new Map();
  for (const { run, step, measured } of rows) {
    const lines = linesOf(found, Number(run), places.length);
    for (const [i, value] of measured.entries())
      if (value !== null) lines[i]!.push({ step: Number(step), value });
  }
  return found;
}

/** The lowest and the highest point of every stretch of steps, of which there are `stretches`, equally long. */
async function extremes(
  store: Store,
  sources: readonly Source[],
  places: readonly number[],
  stretches: number,
): Promise<Found> {
  // Pairs of number and step are compared by their numbers first.
  const pairs = places.flatMap((place) => {
    const pair = sql`(array[${numberAt(place)}, ${events.step}::float8])`;
    const known = sql`filter (where ${numberAt(place)} is not null)`;
    return [sql`min${pair} ${known}`, sql`max${pair} ${known}`];
  });
  const columns = pairs.map((pair, i) => sql`${pair} as ${sql.identifier(`p${i}`)}`);
  const rows = await rowsOf<Record<string, readonly [number, number] | null> & { run: string | number }>(
    store,
    sql`select ${events.run} as run, ${list(columns)} from ${pointsOf(sources)}
      group by ${events.run}, floor((${events.step} - range.first) * ${stretches}::float8 / (range.last - range.first + 1))`,
  );
  const found: Found = new Map();
  for (const row of rows) {
    const lines = linesOf(found, Number(row.run), places.length);
    for (const [i, line] of lines.entries()) {
      const [low, high] = [row[`p${2 * i}`], row[`p${2 * i + 1}`]];
      if (low) line.push({ value: low[0], step: low[1] });
      if (high && high[1] !== low?.[1]) line.push({ value: high[0], step: high[1] });
    }
  }
  for (const lines of found.values()) for (const line of lines) line.sort((a, b) => a.step - b.step);
  return found;
}

/** Those that were there when the runs were read: more of them must not make a line longer than it may be. */
function pointsOf(sources: readonly Source[]): SQL {
  const ranges = sources.map(
    ({ number, firstStep, lastStep }) => sql`(${number}::bigint, ${firstStep}::bigint, ${lastStep}::bigint)`,
  );
  return sql`(values ${list(ranges)}) as range(run, first, last)
    join ${events} on ${events.run} = range.run and ${events.kind} = 'metric'
      and ${events.step} between range.first and range.last`;
}

function linesOf(found: Found, run: number, count: number): SeriesPoint[][] {
  const lines = found.get(run) ?? Array.from({ length: count }, () => []);
  found.set(run, lines);
  return lines;
}

const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
