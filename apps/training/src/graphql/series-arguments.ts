import { ArgsType, Field, Int } from 'type-graphql';
import type { RunStore } from '../runs/run-store.js';
import { finite } from './entities/run-event.js';
import type { Series } from './entities/series.js';
import type { Fields } from './fields.js';
import { checkCount } from './page-arguments.js';

const maxRuns = 100;
const maxNames = 50;
const maxPoints = 2_000;

@ArgsType()
export class SeriesArguments {
  @Field(() => [String], { defaultValue: [], description: 'Of metrics; none: all that there are.' })
  names!: string[];
  @Field(() => Int, { defaultValue: 500, description: `At most so many of each: 2 to ${maxPoints}.` })
  points!: number;
}

/** @throws ModaError REQUEST_INVALID */
export async function readSeries(
  store: Pick<RunStore, 'series'>,
  runIds: readonly string[],
  { names, points }: SeriesArguments,
): Promise<Fields<Series>[]> {
  checkCount('A series', points, maxPoints, 2);
  checkCount('A list of runs', runIds.length, maxRuns, 0);
  checkCount('A list of metrics', names.length, maxNames, 0);
  if (runIds.length === 0) return [];
  const found = await store.series(runIds, names, { points });
  return found.map((series) => ({
    ...series,
    points: series.points.map(({ step, value }) => ({ step, value: finite(value) })),
  }));
}
