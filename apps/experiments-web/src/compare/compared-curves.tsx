'use client';
import { Checkbox, EmptyState, ErrorNote, Menu, Section, Skeleton } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useQueryState } from 'nuqs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { CurveControls, useCurveState } from '../charts/curve-controls';
import { chartHeight, prepareCharts } from '../charts/lazy-charts';
import { metricTitle } from '../charts/metric-groups';
import type { RunRowFragment } from '../graphql/generated/operations';
import { compareParsers } from './compare-state';
import { comparedMetrics } from './compared-metrics';
import { ComparedRow } from './compared-row';
import type { NamesByRun } from './metric-names';
import { distinctLabels } from './distinct-labels';
import { metricRows } from './metric-rows';
import type { StreamedCurves } from './streamed-rows';
import { useMetricNames } from './use-compared-series';

/** A chart for each metric, with the curve of each run: row after row, so that the first row does not wait for the last. */
export function ComparedCurves(props: {
  readonly runs: readonly RunRowFragment[];
  readonly hidden: readonly string[];
  readonly names: NamesByRun;
  readonly streamed: StreamedCurves;
}) {
  const { runs, hidden, names, streamed } = props;
  const { smooth, log } = useCurveState();
  const [chosen, setChosen] = useQueryState('metrics', compareParsers.metrics);
  const { data, error, refetch, isPending } = useMetricNames(runs, names);
  const metrics = useMemo(() => comparedMetrics(Object.values(data ?? {}).flat()), [data]);
  const isShown = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
  const labels = useMemo(() => distinctLabels(runs), [runs]);
  const rows = useMemo(() => metricRows(metrics), [metrics]);
  const [ready, setReady] = useState<ReadonlySet<string>>(new Set());
  const tellReady = useCallback((row: string) => setReady((before) => new Set([...before, row])), []);
  useEffect(prepareCharts, []);
  const shownRows = rows
    .map((row) => ({ key: row.join(' '), metrics: row, shown: row.filter(isShown) }))
    .filter(({ shown }) => shown.length > 0);
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
                checked={isShown(name)}
                onChange={(checked) =>
                  void setChosen(metrics.filter((own) => (own === name ? checked : isShown(own))))
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
      {isPending && <Skeleton height={chartHeight} />}
      {!isPending && metrics.length === 0 && error === null && (
        <EmptyState title="None of these runs has a metric yet" />
      )}
      <div className="m-chart-grid">
        {shownRows.map((row, place) => (
          <ComparedRow
            key={row.key}
            rowKey={row.key}
            {...{ runs, labels, hidden, smooth, log, streamed }}
            metrics={row.metrics}
            shown={row.shown}
            isTurn={shownRows.slice(0, place).every(({ key }) => ready.has(key))}
            onReady={tellReady}
          />
        ))}
      </div>
    </Section>
  );
}
