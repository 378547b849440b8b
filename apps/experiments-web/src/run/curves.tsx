'use client';
import { EmptyState, ErrorNote, formatNumber, formatShare, Section, Skeleton } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { isTerminal } from '@moda/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CurveControls, useCurveState } from '../charts/curve-controls';
import { chartHeight, curveHeight, LineChart } from '../charts/lazy-charts';
import { metricGroups, metricTitle } from '../charts/metric-groups';
import { mergePoints, type MetricValueAt, thinPoints } from '../charts/series-points';
import { gateway } from '../gateway/browser-client';
import { RunSeriesDocument } from '../graphql/generated/operations';
import { useFollowedRun } from './run-context';

/** As many points of a curve are drawn. */
const pointsPerCurve = 600;

/** The learning curves of a run, growing while it runs. */
export function Curves() {
  const { run, heard, since } = useFollowedRun();
  const { smooth, log } = useCurveState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['series', run.id, since],
    queryFn: ({ signal }) =>
      gateway.ask(RunSeriesDocument, { runIds: [run.id], names: [], points: 500 }, signal),
    staleTime: Infinity,
  });
  const curves = useMemo(() => {
    const stored = new Map<string, readonly MetricValueAt[]>(
      (data?.series ?? []).map(({ name, points }) => [name, points]),
    );
    const names = new Set([...stored.keys(), ...Object.keys(heard.points)]);
    return new Map(
      [...names].map((name) => [
        name,
        thinPoints(mergePoints(stored.get(name) ?? [], heard.points[name] ?? []), pointsPerCurve).map(
          ({ step, value }) => ({ x: step, y: value }),
        ),
      ]),
    );
  }, [data, heard.points]);
  const groups = metricGroups([...curves.keys()]);
  return (
    <Section title="Learning curves" actions={<CurveControls />}>
      {error instanceof GatewayError && (
        <ErrorNote
          code={error.code}
          message={error.message}
          traceId={error.traceId}
          onRetry={() => void refetch()}
        />
      )}
      {isPending && run.metricNames.length > 0 && <CurvePlaces names={run.metricNames} />}
      {!isPending && groups.length === 0 && (
        <EmptyState title="No metric yet">
          {isTerminal(run.state)
            ? 'This run reported no metric.'
            : 'The curves begin with the first step and grow by themselves.'}
        </EmptyState>
      )}
      <div className="m-chart-grid">
        {groups.map(({ id, title, label, isShare, names }) => (
          <LineChart
            key={id}
            level={3}
            title={title}
            height={curveHeight}
            x={{ label: 'step' }}
            y={{
              label,
              log,
              format: isShare ? (value) => formatShare(value) : formatNumber,
              zero: !log && !isShare,
            }}
            smoothing={smooth}
            series={names.map((name) => ({
              id: name,
              label: metricTitle(name),
              points: curves.get(name) ?? [],
            }))}
          />
        ))}
      </div>
    </Section>
  );
}

function CurvePlaces({ names }: { readonly names: readonly string[] }) {
  return (
    <div className="m-chart-grid">
      {metricGroups(names).map(({ id }) => (
        <Skeleton key={id} height={chartHeight} />
      ))}
    </div>
  );
}
