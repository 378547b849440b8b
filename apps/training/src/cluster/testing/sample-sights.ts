import { jobName } from '../job-names.js';
import type { JobSeen, PodSeen, WorkloadSeen } from '../seen/seen.js';
import { longAgo, runId } from './sample-run.js';

export const aJob = (given: Partial<JobSeen> = {}): JobSeen => ({
  uid: 'job-1',
  ours: true,
  suspended: false,
  deleting: false,
  createdAt: longAgo,
  finished: undefined,
  ...given,
});

/** Of the sample run: at work on a node. */
export const aPod = (given: Partial<PodSeen> = {}): PodSeen => ({
  name: `${jobName(runId)}-aaaaa`,
  uid: 'a',
  createdAt: longAgo,
  node: 'gpu-0',
  deleting: false,
  over: false,
  running: true,
  unschedulable: undefined,
  waiting: undefined,
  exit: undefined,
  disruption: undefined,
  because: undefined,
  ...given,
});

export const ended = (code: number, given: Partial<PodSeen> = {}): PodSeen =>
  aPod({ over: true, running: false, exit: { code, reason: 'Error', message: '' }, ...given });

export const aWorkload = (given: Partial<WorkloadSeen> = {}): WorkloadSeen => ({
  admitted: true,
  pending: undefined,
  evicted: undefined,
  preemptor: undefined,
  active: true,
  ...given,
});

export const waits = (message: string): WorkloadSeen =>
  aWorkload({ admitted: false, pending: { reason: 'Pending', message } });
