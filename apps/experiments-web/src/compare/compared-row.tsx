'use client';
import { GatewayError } from '@moda/gateway-client';
import { ErrorNote, Skeleton } from '@moda/ui';
import { useEffect } from 'react';
import { chartHeight } from '../charts/lazy-charts';
import type { RunRowFragment } from '../graphql/generated/operations';
import { ComparedChart } from './compared-chart';
import type { StreamedCurves } from './streamed-rows';
import { useComparedSeries } from './use-compared-series';

interface ComparedRowProps {
  readonly rowKey: string;
  readonly runs: readonly RunRowFragment[];
  readonly labels: readonly string[];
  readonly hidden: readonly string[];
  readonly metrics: readonly string[];
  /** Those of them that are shown. */
  readonly shown: readonly string[];
  readonly smooth: number;
  readonly log: boolean;
  /** Whether the rows above have their curves. */
  readonly isTurn: boolean;
  /** Curves that came with the page. */
  readonly streamed: StreamedCurves;
  /** Its curves are there, or it is known why they are not. */
  readonly onReady: (rowKey: string) => void;
}

/** Some charts whose curves come together. */
export function ComparedRow({
  rowKey,
  metrics,
  shown,
  isTurn,
  streamed,
  onReady,
  ...rest
}: ComparedRowProps) {
  const { data, error, refetch, isFetched, isPlaceholderData } = useComparedSeries(
    rest.runs,
    metrics,
    isTurn,
    streamed,
  );
  useEffect(() => {
    if (isFetched) onReady(rowKey);
  }, [isFetched, onReady, rowKey]);
  if (error instanceof GatewayError && !data)
    return (
      <ErrorNote
        code={error.code}
        message={error.message}
        traceId={error.traceId}
        onRetry={() => void refetch()}
      />
    );
  // While other runs are on their way, the curves of the former ones stay.
  const isHere = (name: string): boolean =>
    data !== undefined && (!isPlaceholderData || data.some((own) => own.name === name));
  return shown.map((name) =>
    data && isHere(name) ? (
      <ComparedChart key={name} name={name} series={data} {...rest} />
    ) : (
      <Skeleton key={name} height={chartHeight} />
    ),
  );
}
