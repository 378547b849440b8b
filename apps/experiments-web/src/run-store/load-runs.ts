import type { GatewayClient } from '@moda/gateway-client';
import { type Archived, RunPageDocument, type RunRowFragment } from '../graphql/generated/operations';

/** As many as the gateway gives at once. */
export const runsPerPage = 100;

/** More runs than a person looks through; a filter in the address of the gateway finds the others. */
export const maxLoadedRuns = 2_000;

/** A stretch of the runs, the newest first. */
export interface RunPage {
  readonly rows: readonly RunRowFragment[];
  /** All that there are, loaded or not. */
  readonly total: number;
  /** Where the next page begins; null behind the last. */
  readonly next: string | null;
}

export async function loadRunPage(
  gateway: GatewayClient,
  {
    archived = 'no',
    after = null,
    first = runsPerPage,
  }: { readonly archived?: Archived; readonly after?: string | null; readonly first?: number },
  signal?: AbortSignal,
): Promise<RunPage> {
  const { runs } = await gateway.ask(
    RunPageDocument,
    { first, after, order: 'newest', criteria: { archived } },
    signal,
  );
  if (runs === null) return { rows: [], total: 0, next: null };
  return {
    rows: runs.edges.map(({ node }) => node),
    total: runs.totalEstimate,
    next: runs.pageInfo.hasNextPage ? runs.pageInfo.endCursor : null,
  };
}

/** Loads page after page, up to 2,000 runs, and tells each as it comes. Gives how many there are in all. */
export async function loadAllRuns(
  gateway: GatewayClient,
  archived: Archived,
  onRows: (rows: readonly RunRowFragment[]) => void,
  signal?: AbortSignal,
): Promise<{ readonly total: number; readonly loaded: number }> {
  let after: string | null = null;
  let loaded = 0;
  for (;;) {
    const page: RunPage = await loadRunPage(gateway, { archived, after }, signal);
    onRows(page.rows);
    loaded += page.rows.length;
    if (page.next === null || loaded >= maxLoadedRuns) return { total: page.total, loaded };
    after = page.next;
  }
}
