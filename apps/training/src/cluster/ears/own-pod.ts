import type { ClusterContext } from '../act/cluster-context.js';
import { jobName } from '../job-names.js';
import { readPod } from '../seen/read-pod.js';
import { podAtWork, type PodSeen } from '../seen/seen.js';

/**
 * The pod that has a run, if it is this one. What the watches have shown is enough to believe it; the API server is asked only where they have
 * not, for they may be behind.
 *
 * @throws ModaError CLUSTER_UNREACHABLE
 */
export async function ownPod(
  { api, view }: Pick<ClusterContext, 'api' | 'view'>,
  runId: string,
  uid: string,
): Promise<PodSeen | undefined> {
  const seen = view.of(runId);
  const known = podAtWork(seen);
  if (seen.job?.ours === true && known?.uid === uid) return known;
  const pod = podAtWork({ pods: (await api.podsOf(jobName(runId))).map(readPod) });
  return pod?.uid === uid ? pod : undefined;
}
