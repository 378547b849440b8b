import { describe, expect, it } from 'vitest';
import type { Job, Pod } from '../api/kube-objects.js';
import { readJob } from './read-job.js';
import { readPod } from './read-pod.js';
import { readWorkload, runOfWorkload, type Workload } from './read-workload.js';
import { podAtWork } from './seen.js';

// As the API writes them: moments are texts, which the types of the client do not say.
const job = (given: object) => given as Job;
const pod = (given: object) => readPod(given as Pod);
const workload = (...conditions: readonly object[]) => ({ status: { conditions } }) as unknown as Workload;

describe('what is read of', () => {
  it('a Job', () => {
    const metadata = {
      name: 'moda-run-1',
      uid: 'u',
      labels: { 'moda.dev/run': '1' },
      creationTimestamp: '2026-01-01T10:00:00Z',
    };
    expect(readJob(job({ metadata, spec: { suspend: true } }))).toEqual({
      uid: 'u',
      ours: true,
      suspended: true,
      deleting: false,
      createdAt: new Date('2026-01-01T10:00:00Z'),
      finished: undefined,
    });
    const failed = { type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'm' };
    const conditions = [{ type: 'Complete', status: 'False' }, failed];
    expect(readJob(job({ metadata: { ...metadata, labels: {} }, status: { conditions } }))).toMatchObject({
      ours: false,
      finished: { outcome: 'failed', reason: 'DeadlineExceeded', message: 'm' },
    });
  });

  it('a pod', () => {
    expect(pod({ metadata: { name: 'p', uid: 'u' } })).toMatchObject({
      name: 'p',
      over: false,
      running: false,
    });
    const running = { phase: 'Running', containerStatuses: [{ state: { running: {} } }] };
    expect(pod({ spec: { nodeName: 'n' }, status: running })).toMatchObject({ node: 'n', running: true });
    const waiting = { reason: 'ImagePullBackOff', message: 'm' };
    expect(pod({ status: { containerStatuses: [{ state: { waiting } }] } })).toMatchObject({ waiting });
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no node' },
      { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' },
    ];
    expect(pod({ status: { conditions } })).toMatchObject({
      unschedulable: 'no node',
      disruption: { reason: 'PreemptionByScheduler', message: '' },
    });
    const terminated = { exitCode: 137, reason: 'OOMKilled' };
    expect(
      pod({ status: { phase: 'Failed', containerStatuses: [{ state: { terminated } }] } }),
    ).toMatchObject({
      over: true,
      exit: { code: 137, reason: 'OOMKilled' },
    });
  });

  it('a Workload of Kueue', () => {
    const preempted = {
      type: 'Preempted',
      status: 'True',
      message: 'Preempted to accommodate a workload (UID: x, JobUID: 0a-1)',
    };
    const evicted = { type: 'Evicted', status: 'True', reason: 'Preempted', message: 'm' };
    const quota = { type: 'QuotaReserved', status: 'False', reason: 'Pending', message: 'none left' };
    expect(readWorkload(workload(preempted, evicted, quota), (uid) => `run of ${uid}`)).toEqual({
      admitted: false,
      pending: { reason: 'Pending', message: 'none left' },
      evicted: { reason: 'Preempted', message: 'm' },
      preemptor: 'run of 0a-1',
      active: true,
    });
    const again = [
      { ...preempted, status: 'False' },
      { ...evicted, status: 'False' },
    ];
    const admitted = workload(...again, { type: 'Admitted', status: 'True' });
    expect(readWorkload(admitted, () => undefined)).toMatchObject({
      admitted: true,
      evicted: undefined,
      preemptor: undefined,
    });
    const ownerReferences = [{ kind: 'Job', name: 'moda-run-7' }];
    expect(runOfWorkload({ metadata: { ownerReferences } } as Workload)).toBe('7');
    expect(runOfWorkload({})).toBeUndefined();
  });

  it('several pods, of which one has the run', () => {
    const at = (name: string, hour: number, given: object = {}) => ({
      ...pod({ metadata: { name, creationTimestamp: `2026-01-01T${hour}:00:00Z` } }),
      ...given,
    });
    expect(podAtWork({ pods: [at('a', 10, { over: true })] })).toBeUndefined();
    const leaving = at('b', 12, { deleting: true });
    expect(podAtWork({ pods: [leaving] })?.name).toBe('b');
    expect(podAtWork({ pods: [at('c', 11), leaving] })?.name).toBe('c');
  });
});
