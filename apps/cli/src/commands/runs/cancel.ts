import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { exitCodes } from '../../exit-codes.js';
import { isProblem } from '../../gateway/document.js';
import type { GatewayClient } from '../../gateway/gateway-client.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { flag, requiredWords } from '../../options/kinds.js';
import { drawTable } from '../../output/draw-table.js';
import { column, type Table } from '../../output/table.js';
import { cancelDocument } from '../../runs/documents/change-runs.js';
import { listDocument } from '../../runs/documents/list-runs.js';
import { findRuns } from '../../runs/find-run.js';

interface Cancelled {
  readonly id: string;
  readonly ok: boolean;
  /** Undefined where there is no such run any more. */
  readonly state: string | undefined;
  /** Why it is in this state, or why it cannot be cancelled. */
  readonly reason: string;
}

/** The most that one question names. */
const atOnce = 100;
const askEveryMs = 500;

export const runsCancel = defineCommand({
  path: ['runs', 'cancel'],
  summary: 'cancel runs',
  details:
    'Cancels runs. Those that wait are cancelled at once; a worker writes a checkpoint first, and the run is cancelled when its worker ' +
    'is gone. A cancelled run goes on from its checkpoint with moda runs resume. Exit code 1 where one could not be cancelled.',
  examples: ['moda runs cancel 3f2a 9b1c --wait'],
  options: {
    id: requiredWords({ describe: 'ids of the runs, beginnings of them, or latest', placeholder: 'run' }),
    wait: flag({ describe: 'wait until their workers are gone' }),
    gateway,
  },
  run: async ({ id, wait, gateway }, session): Promise<{ readonly runs: readonly Cancelled[] }> => {
    const client = await useGateway(session, gateway);
    const ids = await findRuns(client, id);
    const { cancelRuns } = await client.ask(cancelDocument, { ids });
    const runs = ids.map((one, i): Cancelled => {
      const answer = cancelRuns[i];
      if (answer === undefined || isProblem(answer))
        return {
          id: one,
          ok: false,
          state: undefined,
          reason: answer?.message ?? 'The service said nothing of it.',
        };
      const { state, cancelRequestedAt, reason } = answer;
      const waiting = cancelRequestedAt !== null && !isTerminal(state);
      return {
        id: one,
        ok: true,
        state,
        reason: waiting ? 'It is cancelled when its worker is gone.' : reason,
      };
    });
    return { runs: wait ? await untilOver(client, runs, session.context.signal) : runs };
  },
  show: (result) => drawTable(table(result)),
  tables: { runs: table },
  exitCode: ({ runs }) => (runs.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed),
});

async function untilOver(
  client: GatewayClient,
  runs: readonly Cancelled[],
  signal: AbortSignal,
): Promise<readonly Cancelled[]> {
  const ended = new Map(runs.filter(({ ok }) => !ok).map((run) => [run.id, run]));
  for (;;) {
    const ids = runs.map(({ id }) => id).filter((id) => !ended.has(id));
    for (let start = 0; start < ids.length; start += atOnce) {
      const criteria = { ids: ids.slice(start, start + atOnce), archived: 'any' as const };
      const { runs: page } = await client.ask(listDocument, { criteria, order: 'newest', first: atOnce });
      for (const { node } of page.edges)
        if (isTerminal(node.state))
          ended.set(node.id, {
            ...{ id: node.id, state: node.state, reason: node.reason },
            ok: node.state === 'cancelled',
          });
    }
    if (ended.size === runs.length) return runs.map((run) => ended.get(run.id) ?? run);
    await sleep(askEveryMs, undefined, { signal });
  }
}

function table({ runs }: { readonly runs: readonly Cancelled[] }): Table {
  return {
    columns: [column('id', 'text', 'run'), column('state', 'text'), column('reason', 'text')],
    rows: runs.map(({ id, state, reason }) => [id, state ?? null, reason]),
  };
}
