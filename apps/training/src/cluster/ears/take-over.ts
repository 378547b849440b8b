import { isLive, isTerminal } from '@moda/contracts';
import type { RunRecord } from '../../runs/run-record.js';
import type { ClusterContext } from '../act/cluster-context.js';
import { workerOf } from '../act/perform.js';
import { whyEnded } from '../decide/words.js';

/** States between any one and the one that is wanted; more only where others change it at the same time. */
const maxSteps = 20;

/**
 * Gives a run to a pod of its Job, from whatever state it is in: the same steps that follow from what the cluster shows, which may come later
 * than the pod itself. Undefined where the run has ended, or is about to.
 */
export async function takeOver(
  { onNews, settings, store, view }: ClusterContext,
  id: string,
  pod: { readonly name: string; readonly uid: string },
): Promise<RunRecord | undefined> {
  const worker = workerOf({ settings }, pod);
  for (let step = 0; step < maxSteps; step += 1) {
    const run = await store.run(id);
    if (run === undefined || isTerminal(run.state) || run.cancelRequestedAt !== undefined) return undefined;
    const { state } = run;
    if (isLive(state) && state !== 'admitted' && run.worker?.token === pod.uid) return run;
    if (state === 'queued')
      await store.claim(id, { worker, reason: `The queue ${settings.queue} has room for it.` });
    else if (state === 'admitted')
      await store.move(id, state, 'starting', `Pod ${pod.name} was started and fetches what it needs.`, {
        worker,
      });
    else if (isLive(state)) {
      const before = view.of(id).pods.find(({ uid }) => uid === run.worker?.token);
      await store.move(id, state, 'interrupted', whyEnded(before));
    } else await store.move(id, state, 'queued', `It goes on with pod ${pod.name} from its last checkpoint.`);
    onNews(id);
  }
  throw new Error(`Run ${id} does not come to rest.`);
}
