import type { GatewayClient } from '@moda/gateway-client';
import { RunSeriesDocument, type RunSeriesQuery } from '../graphql/generated/operations';
import { pointsPerCurve } from './points-per-curve';

export type ComparedSeries = NonNullable<RunSeriesQuery['series']>;

/** The curves of some metrics of all these runs, with as many points of each as a chart can show. */
export async function loadSeries(
  gateway: GatewayClient,
  ids: readonly string[],
  metrics: readonly string[],
  signal?: AbortSignal,
): Promise<ComparedSeries> {
  const points = pointsPerCurve(ids.length);
  const { series } = await gateway.ask(
    RunSeriesDocument,
    { runIds: [...ids], names: [...metrics], points },
    signal,
  );
  return series ?? [];
}
