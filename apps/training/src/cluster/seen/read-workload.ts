import type { ObjectMeta } from '../api/kube-objects.js';
import { runOfJob } from '../job-names.js';
import type { WorkloadSeen } from './seen.js';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** As much of a Workload of Kueue as is read here; the client has no type of it. */
export interface Workload {
  readonly metadata?: ObjectMeta;
  readonly spec?: { readonly active?: boolean };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** The run whose Job a Workload stands for; undefined for one of somebody else. */
export function runOfWorkload({ metadata }: Workload): string | undefined {
  const owner = metadata?.ownerReferences?.find(({ kind }) => kind === 'Job');
  return owner && runOfJob(owner.name);
}

/**
 * As it comes from the API.
 *
 * @param runOf the run whose Job has a uid
 */
export function readWorkload(
  { spec, status }: Workload,
  runOf: (jobUid: string) => string | undefined,
): WorkloadSeen {
  const condition = (type: string) => status?.conditions?.find((each) => each.type === type);
  const quota = condition('QuotaReserved');
  const evicted = condition('Evicted');
  const preempted = condition('Preempted');
  const preemptor = preempted?.status === 'True' && /JobUID: ([0-9a-f-]+)/.exec(preempted.message)?.[1];
  return {
    admitted: condition('Admitted')?.status === 'True',
    pending: quota?.status === 'False' ? { reason: quota.reason, message: quota.message } : undefined,
    evicted: evicted?.status === 'True' ? { reason: evicted.reason, message: evicted.message } : undefined,
    preemptor: typeof preemptor === 'string' ? runOf(preemptor) : undefined,
    active: spec?.active !== false,
  };
}
