import type { Logger } from '@moda/service-kit';
import type { Job, Pod } from '../api/kube-objects.js';
import type { ClusterApi } from '../api/cluster-api.js';
import { runLabel, runOfJob } from '../job-names.js';
import { readJob } from './read-job.js';
import { readPod } from './read-pod.js';
import { readWorkload, runOfWorkload, type Workload } from './read-workload.js';
import { startReflector } from './reflector.js';
import { Shelf } from './shelf.js';
import type { JobSeen, PodSeen, Seen, WorkloadSeen } from './seen.js';

/** What the cluster shows of all runs, kept up to date by its watches. It may be seconds behind. */
export interface ClusterView {
  /** Resolves when everything was seen once. */
  readonly synced: Promise<void>;
  of(runId: string): Seen;
  /** Runs that have a Job. */
  runs(): Iterable<string>;
  stop(): Promise<void>;
}

export interface ClusterViewOptions {
  readonly api: Pick<ClusterApi, 'jobs' | 'pods' | 'workloads'>;
  readonly logger: Logger;
  /** Something about this run has changed. */
  readonly onChange: (runId: string) => void;
}

export function openClusterView({ api, logger, onChange }: ClusterViewOptions): ClusterView {
  const jobs = new Shelf<JobSeen>((object) => {
    const job = object as Job;
    const runId = runOfJob(job.metadata?.name ?? '');
    return runId === undefined ? undefined : { runId, value: readJob(job) };
  }, onChange);
  const pods = new Shelf<PodSeen>((object) => {
    const pod = object as Pod;
    const runId = pod.metadata?.labels?.[runLabel];
    return runId === undefined ? undefined : { runId, value: readPod(pod) };
  }, onChange);
  const runOfUid = (uid: string): string | undefined => {
    for (const [runId, [job]] of jobs.all()) if (job?.uid === uid) return runId;
    return undefined;
  };
  const workloads = new Shelf<WorkloadSeen>((object) => {
    const workload = object as Workload;
    const runId = runOfWorkload(workload);
    return runId === undefined ? undefined : { runId, value: readWorkload(workload, runOfUid) };
  }, onChange);

  const reflectors = (
    [
      [api.jobs, jobs],
      [api.pods, pods],
      [api.workloads, workloads],
    ] as const
  ).map(([source, shelf]) =>
    startReflector({
      source,
      logger,
      onList: (objects) => shelf.replace(objects),
      onChange: (type, object) => (type === 'gone' ? shelf.remove(object) : shelf.put(object)),
    }),
  );

  return {
    synced: Promise.all(reflectors.map(({ synced }) => synced)).then(() => undefined),
    of: (runId) => ({ job: jobs.of(runId)[0], pods: pods.of(runId), workload: workloads.of(runId)[0] }),
    runs: () => jobs.runs(),
    async stop() {
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
    },
  };
}
