/**
 * What the training service asks of the API server, in its own namespace, and why. Its Role (k8s/components/training/role.yaml) grants just
 * this: `overlays.e2e.ts` compares the two.
 */
export const trainingRights: readonly { readonly right: string; readonly why: string }[] = [
  { right: 'create batch/jobs', why: 'a run becomes a Job' },
  { right: 'get batch/jobs', why: 'a Job that was made before a restart is adopted' },
  { right: 'list batch/jobs', why: 'what there is, after a restart or a gap' },
  { right: 'watch batch/jobs', why: 'what becomes of runs' },
  { right: 'delete batch/jobs', why: 'a run is cancelled' },
  { right: 'list pods', why: 'why a pod does not start' },
  { right: 'watch pods', why: 'how a pod ended' },
  { right: 'create secrets', why: 'the token of a run for its pod' },
  { right: 'get secrets', why: 'whether that token was laid down before a restart' },
  { right: 'list kueue.x-k8s.io/workloads', why: 'why a run has to wait' },
  { right: 'watch kueue.x-k8s.io/workloads', why: 'when a run is admitted or preempted' },
];
