import { runStates } from '@moda/contracts';
import { formatAccuracy, formatWithDeviation } from '@moda/ui';
import { sharedValue } from './export-rows';
import type { RunGroup } from './group-runs';
import type { RunColumn } from './run-columns';
import { formatWholeSeconds } from './format-whole-seconds';
import { RunCell } from './run-cell';
import type { MeanAndDeviation } from './mean-and-deviation';

interface GroupCellProps {
  readonly column: RunColumn;
  readonly group: RunGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** How the table draws one fact of runs that differ in their seed: means with deviations, and what they have in common. */
export function GroupCell({ column, group, open, onToggle }: GroupCellProps) {
  const { runs } = group;
  switch (column.key) {
    case 'name':
      return (
        <button type="button" className="m-group-toggle" aria-expanded={open} onClick={onToggle}>
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d={open ? 'm3 6 5 5 5-5' : 'm6 3 5 5-5 5'} />
          </svg>
          {runs.length} runs
        </button>
      );
    case 'accuracy':
      return <Measured of={group.accuracy} format={formatAccuracy} />;
    case 'seconds':
      return <Measured of={group.seconds} format={formatWholeSeconds} />;
    case 'state':
      return <States group={group} />;
    case 'progress':
    case 'created':
    case 'tags':
    case 'id':
      return <>–</>;
    default:
      return sharedValue(runs.map(column.value)) === undefined ? (
        <span className="m-cell-text">{several(column, group)}</span>
      ) : (
        <RunCell column={column} run={runs[0]!} inGroup={false} />
      );
  }
}

function Measured(props: {
  readonly of: MeanAndDeviation | undefined;
  readonly format: (value: number) => string;
}) {
  if (props.of === undefined) return <>–</>;
  const { mean, deviation, n } = props.of;
  return <>{formatWithDeviation(mean, deviation, n, props.format)}</>;
}

function States({ group }: { readonly group: RunGroup }) {
  const counts = runStates
    .map((state) => ({ state, count: group.runs.filter((run) => run.state === state).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
  return (
    <span className="m-cell-text" title={counts}>
      {counts}
    </span>
  );
}

function several(column: RunColumn, { runs }: RunGroup): string {
  const different = new Set(runs.map(column.value)).size;
  return column.key === 'seed' ? `${different} seeds` : `${different} kinds`;
}
