import { ModaError } from '@moda/contracts';
import type { RunRecord } from '../../runs/run-record.js';
import { jobName } from '../job-names.js';
import { jobOfRun, secretOfRun } from '../job-of-run.js';
import { readJob } from '../seen/read-job.js';
import type { ClusterContext } from './cluster-context.js';

/**
 * The Job of a run and its Secret, made or found: its name is the run's, so that there is never a second one, whoever was killed in between.
 *
 * @throws ModaError CLUSTER_UNREACHABLE; KubeRefusal
 */
export async function ensureJob(
  { api, settings, tokens }: Pick<ClusterContext, 'api' | 'settings' | 'tokens'>,
  run: RunRecord,
): Promise<'there' | 'foreign' | 'leaving'> {
  const name = jobName(run.id);
  const job = (await api.createJob(jobOfRun(run, settings))) ?? (await api.job(name));
  // Gone between the two questions: asked again, it is made.
  if (job === undefined) return 'leaving';
  const { deleting, ours, uid } = readJob(job);
  if (!ours) return 'foreign';
  if (deleting) return 'leaving';
  const secret = secretOfRun(run, tokens.tokenFor(run.id), { namespace: settings.namespace, jobUid: uid });
  if ((await api.createSecret(secret)) !== undefined) return 'there';
  const found = await api.secret(name);
  if (found?.metadata?.ownerReferences?.some((owner) => owner.uid === uid) === true) return 'there';
  // Of a Job of this run that was deleted: it goes after it.
  return 'leaving';
}

export const foreignJob = (runId: string): ModaError =>
  new ModaError(
    'JOB_FOREIGN',
    `There is a Job ${jobName(runId)} that is not of this run; delete or rename it, and submit the run again.`,
    { job: jobName(runId) },
  );
