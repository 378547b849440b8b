'use client';
import {
  Badge,
  ButtonLink,
  DataTable,
  formatAccuracy,
  formatCount,
  formatSeconds,
  IntervalBar,
  KeyValues,
  noNumber,
  TableExport,
} from '@moda/ui';
import type { RepairResultQuery } from '../../graphql/generated/operations';
import { HeatMap } from '../../modules/parts/lazy-charts';
import { pairedMethod } from '../model/paired-interval';
import type { RepairOutcome } from '../model/repair-outcome';
import { points, type Verdict, verdictOf } from '../model/verdict';

export interface RepairReportProps {
  readonly run: NonNullable<RepairResultQuery['run']>;
  readonly outcome: RepairOutcome;
}

/** What a repair came to: verdict, gains with their intervals, each class, and what was confused with what. */
export function RepairReport({ run, outcome }: RepairReportProps) {
  const { gains, className } = outcome;
  const verdict = gains && verdictOf(className, gains.target, gains.others);
  return (
    <div className="m-stack">
      <VerdictNote run={run} verdict={verdict} />
      {gains && <Gains className={className} gains={gains} />}
      <KeyValues
        items={[
          { name: 'Added parameters', value: formatCount(outcome.addedParameters) },
          { name: 'Added multiply-adds', value: formatCount(outcome.addedFlops) },
          {
            name: 'Time',
            value: `${formatSeconds(secondsBetween(run.startedAt, run.endedAt))} on ${run.device ?? 'an unknown device'}`,
          },
          { name: 'Run', value: <a href={`/runs/${run.id}`}>{run.id.slice(0, 8)}</a> },
        ]}
      />
      <ClassTable runId={run.id} outcome={outcome} />
      <Confusions outcome={outcome} />
    </div>
  );
}

/** Null where either is not known. */
function secondsBetween(start: string | null, end: string | null): number | null {
  return start === null || end === null ? null : (Date.parse(end) - Date.parse(start)) / 1000;
}

function VerdictNote({
  run,
  verdict,
}: {
  readonly run: RepairReportProps['run'];
  readonly verdict: Verdict | undefined;
}) {
  if (!verdict)
    return (
      <div className="m-verdict m-verdict--open" role="status">
        <h3>This repair cannot be judged.</h3>
        <p>
          It was made by an earlier version, which did not count the test images that only one of the two
          models gets right. Repair the class again to know its interval.
        </p>
      </div>
    );
  const weights = run.artifacts?.find(({ name }) => name === 'model/weights.safetensors');
  return (
    <div className={`m-verdict m-verdict--${verdict.isAccepted ? 'yes' : 'no'}`} role="status">
      <h3>
        <span aria-hidden="true">{verdict.isAccepted ? '✓ ' : '✕ '}</span>
        {verdict.title}
      </h3>
      {verdict.reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {verdict.isAccepted ? (
        <div className="m-actions">
          <ButtonLink kind="primary" external href={`/marketplace/publish?run=${run.id}`}>
            Publish the repaired model
          </ButtonLink>
          {weights && (
            <ButtonLink external href={weights.url} download>
              Download its weights
            </ButtonLink>
          )}
        </div>
      ) : (
        <p>
          The weak model stays as it is. What was tried can be looked at below; it is not offered as a repair.
        </p>
      )}
    </div>
  );
}

function Gains({
  className,
  gains,
}: {
  readonly className: string;
  readonly gains: NonNullable<RepairOutcome['gains']>;
}) {
  const { target, others } = gains;
  const reach = Math.max(
    ...[target, others].flatMap(({ lower, upper }) => [Math.abs(lower), Math.abs(upper)]),
  );
  const domain = [-reach, reach] as const;
  return (
    <div className="m-stack">
      <IntervalBar label={`Class ${className}`} {...target} zero format={points} domain={domain} />
      <IntervalBar label="Other classes" {...others} zero format={points} domain={domain} />
      <p className="m-muted">
        Change of accuracy on the same test images before and after, with 95 % intervals ({pairedMethod}).
        Other classes: all their images together.
      </p>
    </div>
  );
}

function ClassTable({ runId, outcome }: { readonly runId: string; readonly outcome: RepairOutcome }) {
  const change = ({ before, after }: RepairOutcome['perClass'][number]) =>
    before === null || after === null ? null : after - before;
  return (
    <div className="m-stack">
      <DataTable
        caption="Accuracy of each class before and after the repair"
        rows={outcome.perClass}
        rowKey={(row) => String(row.class)}
        isEmphasised={({ name }) => name === outcome.className}
        columns={[
          {
            key: 'class',
            header: 'Class',
            cell: ({ name }) => (
              <span className="m-row">
                {name}
                {name === outcome.className && <Badge tone="info">repaired</Badge>}
              </span>
            ),
          },
          { key: 'before', header: 'Before', align: 'end', cell: ({ before }) => formatAccuracy(before) },
          { key: 'after', header: 'After', align: 'end', cell: ({ after }) => formatAccuracy(after) },
          {
            key: 'change',
            header: 'Change',
            align: 'end',
            cell: (row) => {
              const difference = change(row);
              return difference === null ? noNumber : points(difference);
            },
          },
        ]}
      />
      <TableExport
        name={`repair-${runId.slice(0, 8)}`}
        rows={outcome.perClass}
        align="start"
        columns={[
          { name: 'class', value: ({ name }) => name },
          { name: 'before', value: ({ before }) => before },
          { name: 'after', value: ({ after }) => after },
          { name: 'change', value: change },
        ]}
      />
    </div>
  );
}

function Confusions({ outcome: { confusion, perClass } }: { readonly outcome: RepairOutcome }) {
  if (!confusion) return null;
  const names = perClass.map(({ name }) => name);
  return (
    <div className="m-grid m-grid--wide">
      {(['before', 'after'] as const).map((when) => (
        <HeatMap
          key={when}
          title={when === 'before' ? 'Confusion before' : 'Confusion after'}
          level={3}
          rows={names}
          columns={names}
          values={confusion[when]}
          format={String}
          scale="count"
          rowLabel="True class"
          columnLabel="Predicted class"
        />
      ))}
    </div>
  );
}
