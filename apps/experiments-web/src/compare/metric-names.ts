import type { GatewayClient } from '@moda/gateway-client';
import { MetricNamesDocument } from '../graphql/generated/operations';

/** Names of the metrics of each run. */
export type NamesByRun = Readonly<Record<string, readonly string[]>>;

/** Which metrics runs have: a short answer, by which their curves can be asked for row by row. */
export async function loadMetricNames(
  gateway: GatewayClient,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<NamesByRun> {
  const { runs } = await gateway.ask(MetricNamesDocument, { ids: [...ids] }, signal);
  return Object.fromEntries(runs?.edges.map(({ node }) => [node.id, node.metricNames] as const) ?? []);
}
