import { runStates } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import type { GatewayClient } from '../../gateway/gateway-client.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { choice, flag, integerOr, optionalList, optionalText, usage } from '../../options/kinds.js';
import { drawTable } from '../../output/draw-table.js';
import { type ListRequest, listDocument, runOrders } from '../../runs/documents/list-runs.js';
import type { RunSummary } from '../../runs/documents/run-fields.js';
import { runsTable, shortened } from '../../runs/draw-runs.js';

const mostListed = 10_000;
const pageSize = 100;

interface RunList {
  readonly runs: readonly RunSummary[];
  readonly totalEstimate: number;
}

export const runsList = defineCommand({
  path: ['runs', 'list'],
  summary: 'list runs, the newest first',
  details: 'Lists the runs of the training service. Everything that is given must hold.',
  examples: [
    'moda runs list --state running,queued',
    'moda runs list --experiment digits --order mostAccurate --csv',
  ],
  options: {
    state: optionalList({
      describe: `only runs in these states: ${runStates.join(', ')}`,
      placeholder: 'list of states',
    }),
    experiment: optionalText({ describe: 'only runs of this experiment', placeholder: 'name' }),
    user: optionalText({ describe: 'only runs of this user', placeholder: 'name' }),
    tag: optionalList({ describe: 'only runs with all of these tags', placeholder: 'list of tags' }),
    text: optionalText({ describe: 'part of the name, the experiment or the id', placeholder: 'text' }),
    archived: flag({ describe: 'those in the archive too' }),
    order: choice(runOrders, 'newest', { describe: 'what comes first' }),
    limit: integerOr(20, { min: 1, max: mostListed }, { describe: 'so many at most' }),
    gateway,
  },
  run: async ({ state, experiment, user, tag, text, archived, order, limit, gateway }, session) => {
    const unknown = state?.find((name) => !(runStates as readonly string[]).includes(name));
    if (unknown !== undefined)
      throw usage(`--state takes ${runStates.join(', ')}, not "${unknown}"; see moda runs list --help`);
    const client = await useGateway(session, gateway);
    const criteria = {
      ...{ states: state, experiment, user, tags: tag, text },
      archived: archived ? ('any' as const) : ('no' as const),
    };
    return listRuns(client, { criteria, order }, limit);
  },
  show: (result) => {
    const { runs, totalEstimate } = result;
    if (runs.length === 0) return 'No run was found.';
    const more =
      totalEstimate > runs.length ? `\n\n${runs.length} of about ${totalEstimate}; more with --limit` : '';
    return `${drawTable(shortened(runsTable(runs)))}${more}`;
  },
  tables: { runs: ({ runs }) => runsTable(runs) },
});

async function listRuns(
  client: GatewayClient,
  request: Pick<ListRequest, 'criteria' | 'order'>,
  limit: number,
): Promise<RunList> {
  const runs: RunSummary[] = [];
  for (let after: string | undefined; ;) {
    const first = Math.min(pageSize, limit - runs.length);
    const { runs: page } = await client.ask(listDocument, { ...request, first, after });
    runs.push(...page.edges.map(({ node }) => node));
    const totalEstimate = Math.max(page.totalEstimate, runs.length);
    after = page.pageInfo.endCursor ?? undefined;
    if (!page.pageInfo.hasNextPage || after === undefined || runs.length >= limit)
      return { runs, totalEstimate };
  }
}
