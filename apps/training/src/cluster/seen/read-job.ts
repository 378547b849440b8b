import type { Job } from '../api/kube-objects.js';
import { jobName, runLabel } from '../job-names.js';
import type { JobSeen } from './seen.js';

/** As it comes from the API: moments are texts. */
export function readJob({ metadata, spec, status }: Job): JobSeen {
  const end = status?.conditions?.find(
    ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  const runId = metadata?.labels?.[runLabel];
  return {
    uid: metadata?.uid ?? '',
    ours: runId !== undefined && metadata?.name === jobName(runId),
    suspended: spec?.suspend === true,
    deleting: metadata?.deletionTimestamp !== undefined,
    createdAt: new Date(metadata?.creationTimestamp ?? 0),
    finished: end && {
      outcome: end.type === 'Complete' ? 'complete' : 'failed',
      reason: end.reason ?? '',
      message: end.message ?? '',
    },
  };
}
