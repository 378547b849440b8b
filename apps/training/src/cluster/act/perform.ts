import { isModaError, type RunState } from '@moda/contracts';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunChanges } from '../../runs/run-store.js';
import { KubeRefusal } from '../api/kube-request.js';
import type { Action } from '../decide/action.js';
import { withJob } from '../decide/decide.js';
import { whyQueued } from '../decide/words.js';
import { jobName, workerHost } from '../job-names.js';
import { readJob } from '../seen/read-job.js';
import { readPod } from '../seen/read-pod.js';
import type { ClusterContext } from './cluster-context.js';
import { ensureJob, foreignJob } from './ensure-job.js';
import { interruptionsOf } from './interruptions-of.js';

/** Between two tries where something has to go first that goes by itself. */
const leavingMs = 1_000;
/** Between two tries where the cluster refuses a Job: an administrator has to do something about it. */
const refusedMs = 30_000;

/** Whether the run is to be looked at once more now, or so many milliseconds later; undefined where only news can change anything. */
export type Performed = 'again' | number | undefined;

/** Does one step. Done twice, it has been done once. */
export async function perform(context: ClusterContext, run: RunRecord, action: Action): Promise<Performed> {
  const { api, settings, store } = context;
  switch (action.kind) {
    case 'ensureJob':
      return haveJob(context, run);
    case 'deleteJob':
      await api.deleteJob(jobName(run.id), action.uid);
      return undefined;
    case 'explain':
      if (await store.explain(run.id, action.state, action.reason)) context.onNews(run.id);
      return 'again';
    case 'claim': {
      const worker = workerOf(context, { name: jobName(run.id), uid: `${run.id}/${run.attempt + 1}` });
      if (await store.claim(run.id, { worker, reason: action.reason })) context.onNews(run.id);
      return 'again';
    }
    case 'move': {
      const { code, from, pod, reason, to } = action;
      return change(context, run, from, to, reason, {
        ...(code === undefined ? {} : { error: { code, message: reason } }),
        ...(pod === undefined ? {} : { worker: workerOf({ settings }, pod) }),
      });
    }
    case 'settle':
      return settle(context, run, action);
    case 'confirmGone':
      if (!(await isGone(context, run))) return leavingMs;
      return change(context, run, action.from, 'cancelled', action.reason);
  }
}

/** A pod is known to the store by its uid: no second one ever has it. */
export const workerOf = (
  { settings }: Pick<ClusterContext, 'settings'>,
  { name, uid }: { readonly name: string; readonly uid: string },
) => ({ pid: 0, host: workerHost(settings.namespace, name), token: uid });

async function haveJob(context: ClusterContext, run: RunRecord): Promise<Performed> {
  try {
    const outcome = await ensureJob(context, run);
    if (outcome === 'leaving') return leavingMs;
    if (outcome === 'foreign') {
      const { code, message } = foreignJob(run.id);
      return await change(context, run, 'queued', 'failed', message, { error: { code, message } });
    }
    const words = withJob(run.id, whyQueued(undefined, context.settings));
    if (await context.store.explain(run.id, 'queued', words)) context.onNews(run.id);
    return undefined;
  } catch (error) {
    if (!(error instanceof KubeRefusal)) throw error;
    context.logger.warn(
      { err: error, runId: run.id },
      'The cluster refuses the Job of a run; it is tried again.',
    );
    const words = `The cluster refuses its Job (${error.message.replace(/\.$/, '')}); it is tried again, and needs an administrator of the cluster where this lasts.`;
    // The name of the Job would say that there is one.
    const reason = words.replaceAll(jobName(run.id), 'of this run');
    if (await context.store.explain(run.id, 'queued', reason)) context.onNews(run.id);
    return refusedMs;
  }
}

async function settle(
  context: ClusterContext,
  run: RunRecord,
  { from, why }: Extract<Action, { kind: 'settle' }>,
): Promise<Performed> {
  const { resumesWithoutProgress, store } = context;
  const inARow = from === 'preempted' ? 0 : await interruptionsOf(store, run.id);
  if (inARow > resumesWithoutProgress) {
    const message = `It was interrupted ${inARow} times without getting to a new checkpoint. ${run.reason}`;
    return change(context, run, from, 'failed', message, { error: { code: 'WORKER_LOST', message } });
  }
  // Only what has a Job says so: what another service has left is given one.
  const hasJob = context.view.of(run.id).job !== undefined;
  const words = `${why === undefined ? '' : `${why} `}It goes on from its last checkpoint.`;
  return change(context, run, from, 'queued', hasJob ? withJob(run.id, words) : words);
}

async function change(
  { onNews, store }: ClusterContext,
  { id }: RunRecord,
  from: RunState,
  to: RunState,
  reason: string,
  changes: RunChanges = {},
): Promise<Performed> {
  const outcome = await store.move(id, from, to, reason, changes);
  if (outcome.kind === 'moved') onNews(id);
  return 'again';
}

/** Asked of the API server itself. A Job of somebody else is none. */
async function isGone({ api }: ClusterContext, { id }: RunRecord): Promise<boolean> {
  const name = jobName(id);
  const job = await api.job(name);
  if (job !== undefined && readJob(job).ours) return false;
  const pods = await api.podsOf(name);
  return pods.map(readPod).every(({ over }) => over);
}

/** Whatever is no fault of the run: the cluster or the database are away. */
export const isOutage = (error: unknown): boolean =>
  isModaError(error) && (error.code === 'CLUSTER_UNREACHABLE' || error.code === 'DATABASE_UNREACHABLE');
