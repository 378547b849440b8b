import type { GatewayClient } from '@moda/gateway-client';
import {
  PaperResultsDocument,
  PaperRunsDocument,
  type PaperRunsQuery,
} from '../../graphql/generated/operations';
import type { PaperRun } from '../model/paper-runs';
import { paperDatasets } from '../model/recipe';

/** 1,000 runs of each data set. */
const maxPages = 10;
/** Results that one question asks for; each may be some hundred kilobytes. */
const resultsAtOnce = 25;
const maxResults = 200;

/** Our runs on the data sets of the paper, with the results that its cells are made of. @throws GatewayError */
export async function loadPaperRuns(gateway: GatewayClient): Promise<PaperRun[]> {
  const runs = (await Promise.all(paperDatasets.map((dataset) => runsOn(gateway, dataset)))).flat();
  const ids = runs.map(({ id }) => id).slice(0, maxResults);
  const results = new Map<string, unknown>();
  for (let start = 0; start < ids.length; start += resultsAtOnce) {
    const answer = await gateway.ask(PaperResultsDocument, { ids: ids.slice(start, start + resultsAtOnce) });
    for (const { node } of answer.runs?.edges ?? []) results.set(node.id, node.result);
  }
  return runs.map((run) => ({ ...run, result: results.get(run.id) }));
}

async function runsOn(gateway: GatewayClient, dataset: string): Promise<PaperRun[]> {
  const found: PaperRun[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const { runs }: PaperRunsQuery = await gateway.ask(PaperRunsDocument, { dataset, after });
    found.push(
      ...(runs?.edges ?? []).map(({ node: { id, task, spec, device, endedAt, outcome } }) => ({
        id,
        task,
        spec,
        device,
        endedAt,
        accuracy: outcome?.accuracy ?? null,
        seconds: outcome?.seconds ?? null,
      })),
    );
    if (runs?.pageInfo.hasNextPage !== true) return found;
    after = runs.pageInfo.endCursor;
  }
  return found;
}
