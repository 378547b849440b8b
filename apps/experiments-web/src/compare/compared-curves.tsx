'use client';
import {
  EmptyState,
  ErrorNote,
  formatNumber,
  formatShare,
  Menu,
  Checkbox,
  Section,
  Skeleton,
} from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { isTerminal } from '@moda/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { CurveControls, useCurveState } from '../charts/curve-controls';
import { curveHeight, LineChart } from '../charts/lazy-charts';
import { metricTitle } from '../charts/metric-groups';
import { gateway } from '../gateway/browser-client';
import { type RunRowFragment, RunSeriesDocument } from '../graphql/generated/operations';
import { runLabel } from '../runs/run-facts';
import { comparedMetrics } from './compared-metrics';
import { compareParsers } from './compare-state';
import { pointsPerCurve } from './points-per-curve';

/** Curves of running runs are looked up anew so often (ms). */
const refreshMs = 5_000;

/** A chart for each metric, with the curve of each run. */
export function ComparedCurves(props: {
  readonly runs: readonly RunRowFragment[];
  readonly hidden: readonly string[];
}) {
  const { runs, hidden } = props;
  const { smooth, log } = useCurveState();
  const [chosen, setChosen] = useQueryState('metrics', compareParsers.metrics);
  const ids = runs.map(({ id }) => id);
  const grows = runs.some(({ state }) => !isTerminal(state));
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['series', 'compared', ids],
    queryFn: ({ signal }) =>
      gateway.ask(RunSeriesDocument, { runIds: ids, names: [], points: pointsPerCurve(ids.length) }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: grows ? refreshMs : false,
  });
  const metrics = useMemo(() => comparedMetrics((data?.series ?? []).map(({ name }) => name)), [data]);
  const shown = metrics.filter((name) => chosen.length === 0 || chosen.includes(name));
  const labels = useMemo(() => distinctLabels(runs), [runs]);
  const series = data?.series ?? [];
  return (
    <Section
      title="Curves"
      actions={
        <>
          <Menu label="Metrics" align="end" small>
            {metrics.map((name) => (
              <Checkbox
                key={name}
                className="m-menu__check"
                label={metricTitle(name)}
                checked={shown.includes(name)}
                onChange={(checked) =>
                  void setChosen(metrics.filter((own) => (own === name ? checked : shown.includes(own))))
                }
              />
            ))}
          </Menu>
          <CurveControls />
        </>
      }
    >
      {error instanceof GatewayError && (
        <ErrorNote
          code={error.code}
          message={error.message}
          traceId={error.traceId}
          onRetry={() => void refetch()}
        />
      )}
      {isPending && <Skeleton height={curveHeight + 92} />}
      {!isPending && metrics.length === 0 && error === null && (
        <EmptyState title="None of these runs has a metric yet" />
      )}
      <div className="m-chart-grid">
        {shown.map((name) => (
          <LineChart
            key={name}
            level={3}
            title={metricTitle(name)}
            height={curveHeight}
            smoothing={smooth}
            x={{ label: 'step' }}
            y={{
              label: metricTitle(name).toLowerCase(),
              log,
              format: isShare(name) ? (value) => formatShare(value) : formatNumber,
            }}
            series={runs.map((run, index) => ({
              id: run.id,
              label: labels[index] ?? run.id,
              // A curve that is switched off keeps its place, so that the others keep their colours.
              points: hidden.includes(run.id)
                ? []
                : (series.find((own) => own.runId === run.id && own.name === name)?.points ?? []).map(
                    ({ step, value }) => ({ x: step, y: value }),
                  ),
            }))}
          />
        ))}
      </div>
    </Section>
  );
}

function isShare(name: string): boolean {
  return name.toLowerCase().includes('accuracy') || name.startsWith('module');
}

/** Names of the runs, with the beginning of the id where two have the same. */
function distinctLabels(runs: readonly RunRowFragment[]): readonly string[] {
  const names = runs.map(runLabel);
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${runs[index]!.id.slice(0, 6)}`,
  );
}
