import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../runs/run-record.js';
import type { Seen } from '../seen/seen.js';
import { runId, sampleRun, workerOfPod } from '../testing/sample-run.js';
import { sampleSettings } from '../testing/sample-settings.js';
import { aJob, aPod, aWorkload, ended, waits } from '../testing/sample-sights.js';
import { decide } from './decide.js';
import { defaultPatience } from './patience.js';

const now = new Date('2026-01-01T11:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms);
const circumstances = {
  now,
  listeningSince: before(3_600_000),
  settings: sampleSettings,
  patience: defaultPatience,
};
const look = (run: Partial<RunRecord>, seen: Partial<Seen>) =>
  decide(sampleRun(run), { job: undefined, pods: [], workload: undefined, ...seen }, circumstances);

const withItsJob = { reason: `It waits. Its Job is moda-run-${runId}.` };
const live = (state: RunRecord['state'], given: Partial<RunRecord> = {}): Partial<RunRecord> => ({
  state,
  reason: 'x',
  worker: workerOfPod('a'),
  heartbeatAt: before(1_000),
  ...given,
});
const wish = { cancelRequestedAt: before(1) };
const finished = (outcome: 'complete' | 'failed', reason: string) =>
  aJob({ finished: { outcome, reason, message: 'said' } });
const preempted = aWorkload({
  admitted: false,
  evicted: { reason: 'Preempted', message: '' },
  preemptor: 'other',
});

describe('what is to be done about a run', () => {
  it.each<[string, Partial<RunRecord>, Partial<Seen>, object | undefined]>([
    ['a new one gets a Job', {}, {}, { kind: 'ensureJob' }],
    ['one whose Job was made but not told has it told', {}, { job: aJob() }, { kind: 'ensureJob' }],
    [
      'one that waits says why',
      withItsJob,
      {
        job: aJob({ suspended: true }),
        workload: waits(
          "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor gpu, 1 more needed",
        ),
      },
      { kind: 'explain', state: 'queued' },
    ],
    ['one that was given a place is admitted', withItsJob, { job: aJob() }, { kind: 'claim' }],
    ['one without a pod waits for it', live('admitted'), { job: aJob() }, undefined],
    [
      'one with a pod is being started',
      live('admitted'),
      { job: aJob(), pods: [aPod()] },
      { kind: 'move', from: 'admitted', to: 'starting', pod: { uid: 'a' } },
    ],
    ['one that is heard goes on', live('running'), { job: aJob(), pods: [aPod()] }, undefined],
    [
      'one that is not heard does not run',
      live('running', { heartbeatAt: before(31_000) }),
      { job: aJob(), pods: [aPod()] },
      { kind: 'move', from: 'running', to: 'interrupted' },
    ],
    [
      'one that is told to end writes a checkpoint',
      live('running'),
      { job: aJob(), pods: [aPod({ deleting: true })] },
      { kind: 'move', to: 'checkpointing' },
    ],
    [
      'one whose pod is gone is interrupted',
      live('running'),
      { job: aJob() },
      { kind: 'move', to: 'interrupted' },
    ],
    [
      'so is one whose pod ran out of memory',
      live('running'),
      { job: aJob(), pods: [ended(137, { exit: { code: 137, reason: 'OOMKilled', message: '' } })] },
      { kind: 'move', to: 'interrupted' },
    ],
    [
      'and one that another pod has followed',
      live('running'),
      { job: aJob(), pods: [ended(143), aPod({ uid: 'b' })] },
      { kind: 'move', to: 'interrupted' },
    ],
    [
      'one whose pod failed for good waits for its Job to say so',
      live('running'),
      { job: aJob(), pods: [ended(1)] },
      undefined,
    ],
    [
      'an interrupted one goes on with the next pod',
      { state: 'interrupted' },
      { job: aJob() },
      { kind: 'settle' },
    ],
    [
      'a silent one waits for the same pod',
      { state: 'interrupted', reason: `No sign of life from pod ${aPod().name} for 30 seconds.` },
      { job: aJob(), pods: [aPod()] },
      undefined,
    ],
    [
      'until there is another one',
      { state: 'interrupted', reason: `No sign of life from pod ${aPod().name} for 30 seconds.` },
      { job: aJob(), pods: [aPod({ uid: 'b', name: `moda-run-${runId}-bbbbb` })] },
      { kind: 'settle' },
    ],
    [
      'or until it is known what has become of it',
      { state: 'interrupted', reason: `No sign of life from pod ${aPod().name} for 30 seconds.` },
      {
        job: aJob(),
        pods: [aPod({ over: true, disruption: { reason: 'DeletionByPodGC', message: 'no node' } })],
      },
      { kind: 'settle', why: `Pod ${aPod().name} was ended: its node was lost.` },
    ],
    [
      'one that has lost its place writes a checkpoint',
      live('running'),
      { job: aJob({ suspended: true }), pods: [aPod({ deleting: true })], workload: preempted },
      { kind: 'move', to: 'checkpointing' },
    ],
    [
      'and is preempted when its pod is gone',
      live('checkpointing'),
      { job: aJob({ suspended: true }), workload: preempted },
      { kind: 'move', to: 'preempted', reason: 'Its place was given to run other, of higher priority.' },
    ],
    [
      'a preempted one waits again',
      { state: 'preempted' },
      { job: aJob({ suspended: true }) },
      { kind: 'settle' },
    ],
    [
      'one that is to be cancelled stops',
      live('running', wish),
      { job: aJob(), pods: [aPod()] },
      { kind: 'move', to: 'checkpointing' },
    ],
    [
      'then loses its Job',
      live('checkpointing', wish),
      { job: aJob(), pods: [aPod()] },
      { kind: 'deleteJob', uid: 'job-1' },
    ],
    [
      'waits for its pod',
      live('checkpointing', wish),
      { job: aJob({ deleting: true }), pods: [aPod()] },
      undefined,
    ],
    [
      'and for nothing less than its end',
      live('checkpointing', wish),
      { pods: [aPod({ deleting: true })] },
      undefined,
    ],
    [
      'before it is cancelled',
      live('checkpointing', wish),
      { pods: [ended(130)] },
      { kind: 'confirmGone', from: 'checkpointing' },
    ],
    [
      'one whose Job somebody deleted is cancelled',
      live('running'),
      {},
      { kind: 'confirmGone', from: 'running' },
    ],
    ['while it waits, too', withItsJob, {}, { kind: 'confirmGone', from: 'queued' }],
    [
      'but not before its pod has ended',
      live('running'),
      { pods: [aPod()] },
      { kind: 'move', to: 'checkpointing' },
    ],
    [
      'one over its deadline fails',
      live('checkpointing'),
      { job: finished('failed', 'DeadlineExceeded') },
      { to: 'failed', code: 'JOB_DEADLINE' },
    ],
    [
      'one with a bad end fails',
      live('running'),
      { job: finished('failed', 'PodFailurePolicy'), pods: [ended(2)] },
      { to: 'failed', code: 'POD_FAILED' },
    ],
    [
      'one that fails again and again fails',
      live('running'),
      { job: finished('failed', 'BackoffLimitExceeded') },
      { to: 'failed', code: 'WORKER_LOST' },
    ],
    [
      'one without a last word fails',
      live('running'),
      { job: finished('complete', '') },
      { to: 'failed', code: 'POD_FAILED' },
    ],
    [
      'one whose image cannot be had fails',
      live('starting'),
      {
        job: aJob(),
        pods: [aPod({ running: false, waiting: { reason: 'ImagePullBackOff', message: 'no such tag' } })],
      },
      { to: 'failed', code: 'POD_IMAGE_INVALID' },
    ],
    [
      'one of another service is left to it',
      live('running', { worker: { pid: 1, host: 'desk', token: 't' } }),
      {},
      undefined,
    ],
    [
      'for as long as that one lives',
      live('running', { worker: { pid: 1, host: 'desk', token: 't' }, heartbeatAt: before(31_000) }),
      {},
      { kind: 'move', to: 'interrupted' },
    ],
    [
      'one that was cancelled keeps no Job',
      { state: 'cancelled' },
      { job: aJob({ suspended: true }) },
      { kind: 'deleteJob' },
    ],
    [
      'one that has ended lets its pod finish',
      { state: 'succeeded', endedAt: before(1_000) },
      { job: aJob(), pods: [aPod()] },
      undefined,
    ],
    [
      'and its Job, which follows',
      { state: 'succeeded', endedAt: before(1_000) },
      { job: aJob(), pods: [ended(0)] },
      undefined,
    ],
    [
      'but has no further pod',
      { state: 'failed', endedAt: before(1_000) },
      { job: aJob(), pods: [ended(137)] },
      { kind: 'deleteJob' },
    ],
    [
      'but not for good',
      { state: 'succeeded', endedAt: before(61_000) },
      { job: aJob(), pods: [aPod()] },
      { kind: 'deleteJob' },
    ],
    [
      'a Job that has finished is left for who looks',
      { state: 'failed' },
      { job: finished('failed', 'x') },
      undefined,
    ],
  ])('%s', (_, run, seen, expected) => {
    const { action } = look(run, seen);
    if (expected === undefined) expect(action).toBeUndefined();
    else expect(action).toMatchObject(expected);
  });

  it('is looked at again when silence would be over', () => {
    const { lookAgainInMs } = look(live('running', { heartbeatAt: before(12_000) }), {
      job: aJob(),
      pods: [aPod()],
    });
    expect(lookAgainInMs).toBe(18_000);
  });

  it('counts no silence from a time when nobody listened', () => {
    const run = sampleRun(live('running', { heartbeatAt: before(3_600_000) }));
    const seen = { job: aJob(), pods: [aPod()], workload: undefined };
    const decision = decide(run, seen, { ...circumstances, listeningSince: before(10_000) });
    expect(decision).toEqual({ action: undefined, lookAgainInMs: 20_000 });
  });

  it('says once what it has said', () => {
    const seen = { job: aJob({ suspended: true }), workload: waits('') };
    const { action } = look(withItsJob, seen);
    if (action?.kind !== 'explain') throw new Error(action?.kind);
    expect(action.reason).toBe(`It waits in the queue moda. Its Job is moda-run-${runId}.`);
    expect(look({ reason: action.reason }, seen).action).toBeUndefined();
  });
});
