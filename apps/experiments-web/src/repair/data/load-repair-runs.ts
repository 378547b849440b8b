import type { GatewayClient } from '@moda/gateway-client';
import {
  type RepairRunFragment,
  RunsForRepairDocument,
  type RunsForRepairQuery,
} from '../../graphql/generated/operations';

/** 500 runs; who has more finds the others by their address. */
const maxPages = 5;

/** Trainings that succeeded, the newest first. */
export async function loadRepairRuns(
  gateway: GatewayClient,
  signal?: AbortSignal,
): Promise<RepairRunFragment[]> {
  const found: RepairRunFragment[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const { runs }: RunsForRepairQuery = await gateway.ask(RunsForRepairDocument, { after }, signal);
    found.push(...(runs?.edges.map(({ node }) => node) ?? []).filter(({ task }) => task['kind'] === 'train'));
    if (runs?.pageInfo.hasNextPage !== true) return found;
    after = runs.pageInfo.endCursor;
  }
  return found;
}
