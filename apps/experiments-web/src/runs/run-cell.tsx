import {
  AppLink,
  Badge,
  DateTime,
  formatAccuracy,
  formatCount,
  formatNumber,
  formatSeconds,
  formatShare,
  ProgressBar,
  StateBadge,
} from '@moda/ui';
import { isTerminal } from '@moda/contracts';
import type { RunRowFragment } from '../graphql/generated/operations';
import type { RunColumn } from './run-columns';
import { runFacts, runLabel } from './run-facts';

interface RunCellProps {
  readonly column: RunColumn;
  readonly run: RunRowFragment;
  readonly inGroup: boolean;
}

/** How the table draws one fact of one run. */
export function RunCell({ column, run, inGroup }: RunCellProps) {
  switch (column.key) {
    case 'name':
      return (
        <span className={inGroup ? 'm-run-name m-run-name--inner' : 'm-run-name'}>
          <AppLink href={`/runs/${run.id}`}>{runLabel(run)}</AppLink>
          {run.archived && <Badge>archived</Badge>}
        </span>
      );
    case 'state':
      return <StateBadge state={run.state} reason={run.reason} />;
    case 'progress':
      return <RunProgress run={run} />;
    case 'accuracy':
      return formatAccuracy(runFacts(run).accuracy);
    case 'parameters':
      return formatCount(runFacts(run).parameters);
    case 'seconds':
      return formatSeconds(runFacts(run).seconds);
    case 'created':
      return <DateTime value={run.createdAt} />;
    default:
      return <PlainCell value={column.value(run)} />;
  }
}

export function PlainCell({ value }: { readonly value: string | number | null }) {
  if (value === null) return <>–</>;
  return typeof value === 'number' ? (
    <>{formatNumber(value)}</>
  ) : (
    <span className="m-cell-text" title={value}>
      {value}
    </span>
  );
}

function RunProgress({ run }: { readonly run: RunRowFragment }) {
  if (isTerminal(run.state)) return <span className="m-muted">{formatShare(run.progressShare, 0)}</span>;
  return <ProgressBar share={run.progressShare} label={`Progress of ${runLabel(run)}`} />;
}
