import { ModaError } from '@moda/contracts';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { findDocument, newestDocument } from './documents/list-runs.js';

/** The run that was submitted last. */
const newestWord = 'latest';
/** Pages of runs with the text somewhere else, after which a longer one has to be given. */
const maxPages = 20;
const shownCandidates = 5;

/**
 * The id of the run that is meant: by its id, by a beginning that no other id has, or `latest`.
 *
 * @throws ModaError RUN_UNKNOWN, RUN_AMBIGUOUS
 */
export async function findRun(client: GatewayClient, given: string): Promise<string> {
  if (given === newestWord) return newestRun(client);
  const begin = given.toLowerCase();
  const candidates = new Set<string>();
  let after: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { run, runs } = await client.ask(findDocument, { id: given, text: given, after });
    if (run !== null) return run.id;
    for (const { node } of runs.edges) if (node.id.toLowerCase().startsWith(begin)) candidates.add(node.id);
    if (!runs.pageInfo.hasNextPage || candidates.size > shownCandidates) break;
    after = runs.pageInfo.endCursor ?? undefined;
  }
  const [id, ...others] = candidates;
  if (id === undefined)
    throw new ModaError(
      'RUN_UNKNOWN',
      `There is no run ${JSON.stringify(given.slice(0, 100))}; moda runs list shows those there are.`,
    );
  if (others.length === 0) return id;
  const named = [id, ...others].slice(0, shownCandidates);
  const more = candidates.size > named.length ? ' …' : '';
  throw new ModaError(
    'RUN_AMBIGUOUS',
    `${JSON.stringify(given)} is the beginning of several ids (${named.join(', ')}${more}); give more of it.`,
    { candidates: [...candidates] },
  );
}

/** The same for several, each once. */
export async function findRuns(client: GatewayClient, given: readonly string[]): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const one of given) ids.add(await findRun(client, one));
  return [...ids];
}

async function newestRun(client: GatewayClient): Promise<string> {
  const { runs } = await client.ask(newestDocument, {});
  const id = runs.edges[0]?.node.id;
  if (id !== undefined) return id;
  throw new ModaError('RUN_UNKNOWN', 'There is no run yet; moda runs submit makes one.');
}
