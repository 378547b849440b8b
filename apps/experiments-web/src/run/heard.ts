import { type MetricValueAt, thinPoints } from '../charts/series-points';
import type { RunDetail, RunEvent } from './run-detail';

/** One line that a worker wrote. */
export interface LogEntry {
  readonly sequence: number;
  readonly at: string;
  readonly attempt: number;
  readonly level: 'error' | 'info' | 'warning';
  readonly text: string;
}

/** A change of state, as a run tells all of them. */
type StateEvent = NonNullable<RunDetail['transitions']>[number];

/** What was heard of a run since its page was opened. */
export interface Heard {
  /** Of the last event; a subscription goes on behind it. */
  readonly sequence: number;
  readonly lastState: { readonly sequence: number; readonly change: StateEvent } | undefined;
  readonly lastProgress:
    | {
        readonly sequence: number;
        readonly done: number;
        readonly total: number;
        readonly unit: string | null;
      }
    | undefined;
  readonly changes: readonly StateEvent[];
  readonly lines: readonly LogEntry[];
  readonly points: Readonly<Record<string, readonly MetricValueAt[]>>;
  /** How often a checkpoint or a file was written: each is looked up with its address. */
  readonly written: number;
}

/** More lines than a page should hold; the whole log can be downloaded. */
export const maxLines = 5_000;

export function nothingHeard(sequence: number): Heard {
  return {
    sequence,
    lastState: undefined,
    lastProgress: undefined,
    changes: [],
    lines: [],
    points: {},
    written: 0,
  };
}

/** More points of one metric than can be told apart when drawn are thinned out. */
const maxPoints = 4_000;

/** Takes events in; one that was heard before changes nothing. */
export function hear(before: Heard, events: readonly RunEvent[]): Heard {
  const news: RunEvent[] = [];
  for (const event of events) {
    if (event.sequence > (news.at(-1)?.sequence ?? before.sequence)) news.push(event);
  }
  const last = news.at(-1);
  if (last === undefined) return before;
  const changes = news.flatMap(stateOf);
  const progress = news.flatMap(progressOf).at(-1);
  const lines = news.flatMap(lineOf);
  return {
    sequence: last.sequence,
    lastState: changes.at(-1) ?? before.lastState,
    lastProgress: progress ?? before.lastProgress,
    changes: [...before.changes, ...changes.map(({ change }) => change)],
    lines: lines.length === 0 ? before.lines : [...before.lines, ...lines].slice(-maxLines),
    points: withPoints(before.points, news),
    written: before.written + news.filter(isWritten).length,
  };
}

function stateOf({ sequence, at, body }: RunEvent) {
  if (body.__typename !== 'StateChange') return [];
  const { from, to, reason } = body;
  return [{ sequence, change: { from, to, reason, at } }];
}

function progressOf({ sequence, body }: RunEvent) {
  if (body.__typename !== 'ProgressMade') return [];
  const { done, total, unit } = body;
  return [{ sequence, done, total, unit }];
}

function lineOf({ sequence, at, body }: RunEvent): readonly LogEntry[] {
  if (body.__typename !== 'LogLine') return [];
  const { attempt, level, text } = body;
  return [{ sequence, at, attempt, level, text }];
}

function isWritten({ body }: RunEvent): boolean {
  return body.__typename === 'CheckpointWritten' || body.__typename === 'ArtifactWritten';
}

function withPoints(before: Heard['points'], news: readonly RunEvent[]): Heard['points'] {
  const added = new Map<string, MetricValueAt[]>();
  for (const { body } of news) {
    if (body.__typename !== 'MetricPoint') continue;
    for (const { name, value } of body.values) {
      const own = added.get(name);
      if (own === undefined) added.set(name, [{ step: body.step, value }]);
      else own.push({ step: body.step, value });
    }
  }
  if (added.size === 0) return before;
  const grown = [...added].map(([name, own]) => {
    const all = [...(before[name] ?? []), ...own];
    return [name, all.length > maxPoints ? thinPoints(all, maxPoints / 2) : all] as const;
  });
  return { ...before, ...Object.fromEntries(grown) };
}

/** The run as it is by now: what was looked up, with what was heard later. */
export function withHeard(run: RunDetail, heard: Heard): RunDetail {
  const { lastState, lastProgress } = heard;
  const names = Object.keys(heard.points).filter((name) => !run.metricNames.includes(name));
  const metricNames = names.length === 0 ? run.metricNames : [...run.metricNames, ...names];
  const known = new Set((run.transitions ?? []).map(({ at, to }) => `${at} ${to}`));
  const transitions = [
    ...(run.transitions ?? []),
    ...heard.changes.filter(({ at, to }) => !known.has(`${at} ${to}`)),
  ];
  const state =
    lastState !== undefined && lastState.sequence > run.lastSequence
      ? { state: lastState.change.to, reason: lastState.change.reason, since: lastState.change.at }
      : {};
  const progress =
    lastProgress !== undefined && lastProgress.sequence > run.lastSequence
      ? {
          progress: { ...lastProgress, unit: lastProgress.unit ?? run.progress.unit },
          progressShare: shareOf(lastProgress),
        }
      : {};
  return { ...run, metricNames, transitions, ...state, ...progress };
}

function shareOf({ done, total }: { readonly done: number; readonly total: number }): number {
  return total === 0 ? 0 : Math.min(1, done / total);
}
