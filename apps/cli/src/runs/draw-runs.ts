import { drawFacts, type Fact, fact } from '../output/facts.js';
import { type Cell, column, type Table } from '../output/table.js';
import type { RunSummary } from './documents/run-fields.js';
import type { Watched } from './watch-run.js';

/** As many characters of an id as tell runs apart in all but the largest collections. */
const shortest = 8;

export function runsTable(runs: readonly RunSummary[]): Table {
  return {
    columns: [
      column('id', 'text', 'run'),
      column('name', 'text'),
      column('experiment', 'text'),
      column('state', 'text'),
      column('progress', 'share', 'done'),
      column('accuracy', 'share'),
      column('architecture', 'text'),
      column('method', 'text'),
      column('seed', 'text'),
      column('user', 'text'),
      column('since', 'text'),
    ],
    rows: runs.map((run) => [
      run.id,
      run.name,
      run.experimentName,
      run.state,
      progressOf(run),
      run.outcome?.accuracy ?? null,
      textOf(run.spec['arch']),
      textOf(run.spec['method']),
      textOf(run.spec['seed']),
      run.user,
      shortTime(run.since),
    ]),
  };
}

/** The same with ids as short as they may be to be told apart here. */
export function shortened(table: Table): Table {
  const ids = table.rows.map(([id]) => String(id));
  const isClear = (length: number): boolean =>
    new Set(ids.map((id) => id.slice(0, length))).size === new Set(ids).size;
  let length = shortest;
  while (!isClear(length)) length += 1;
  return { ...table, rows: table.rows.map(([id, ...rest]) => [String(id).slice(0, length), ...rest]) };
}

/** What a run is and how far, in a few lines. */
export function drawRun(run: RunSummary): string {
  return drawFacts(factsOfRun(run));
}

export function factsOfRun(run: RunSummary): readonly Fact[] {
  const { outcome, error, progress } = run;
  const leaving = run.cancelRequestedAt !== null && run.endedAt === null;
  return [
    fact('run', run.id),
    ...(run.name === null ? [] : [fact('name', run.name)]),
    fact('experiment', run.experimentName),
    fact('state', leaving ? `${run.state}, to be cancelled` : run.state),
    fact('reason', run.reason),
    ...(progress.total > 0
      ? [fact('done', `${progress.done} of ${progress.total} ${plural(progress.unit)}`)]
      : []),
    ...(error === null ? [] : [fact('error', `${error.message} [${error.code}]`)]),
    ...(outcome?.accuracy == null ? [] : [fact('test accuracy', outcome.accuracy, 'share')]),
    ...(outcome?.crossEntropy == null ? [] : [fact('cross-entropy', outcome.crossEntropy, 'number')]),
    ...(outcome?.parameters == null ? [] : [fact('parameters', outcome.parameters, 'count')]),
    ...(outcome?.seconds == null ? [] : [fact('time', outcome.seconds, 'seconds')]),
  ];
}

/** The service names what it counts by one of it. */
export function plural(unit: string): string {
  return unit === '' || unit.endsWith('s') ? unit : `${unit}s`;
}

export function drawWatched({ run, detached, heard }: Watched): string {
  if (!detached) return drawRun(run);
  return `Run ${run.id} goes on; come back with: moda runs watch ${run.id} --after ${heard.until}`;
}

/** RFC 3339 to the second: what a person compares. */
export function shortTime(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}

function progressOf({ progress: { done, total }, state }: RunSummary): Cell {
  if (state === 'succeeded') return 1;
  return total === 0 ? null : Math.min(1, done / total);
}

function textOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
