import type { GatewayClient } from '@moda/gateway-client';
import { GatewayError } from '@moda/gateway-client';
import { answerOf } from '../gateway/answer-of';
import { CancelRunsDocument, type RunRowFragment, UpdateRunDocument } from '../graphql/generated/operations';

/** What became of many runs at once: some may have refused. */
export interface BulkOutcome {
  readonly done: readonly RunRowFragment[];
  readonly refused: readonly GatewayError[];
}

/** As many changes are under way at the same time. */
const lanes = 4;

export async function cancelRuns(gateway: GatewayClient, ids: readonly string[]): Promise<BulkOutcome> {
  const { cancelRuns: answers } = await gateway.ask(CancelRunsDocument, { ids });
  return outcomeOf(await Promise.allSettled((answers ?? []).map(async (answer) => answerOf(answer))));
}

/** Changes each run by what `change` says of it; undefined leaves it alone. */
export async function updateRuns(
  gateway: GatewayClient,
  runs: readonly RunRowFragment[],
  change: (run: RunRowFragment) => { readonly tags?: readonly string[]; readonly archived?: boolean },
): Promise<BulkOutcome> {
  const waiting = [...runs];
  const results: PromiseSettledResult<RunRowFragment>[] = [];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const input = { id: run.id, ...change(run) };
      const [result] = await Promise.allSettled([gateway.ask(UpdateRunDocument, { input })]);
      results.push(
        result.status === 'rejected'
          ? result
          : (await Promise.allSettled([Promise.resolve(result.value.updateRun).then(answerOf)]))[0],
      );
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return outcomeOf(results);
}

function outcomeOf(results: readonly PromiseSettledResult<RunRowFragment>[]): BulkOutcome {
  return {
    done: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    refused: results.flatMap((result) =>
      result.status === 'rejected' && result.reason instanceof GatewayError ? [result.reason] : [],
    ),
  };
}
