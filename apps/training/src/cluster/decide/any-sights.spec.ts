import { canFollow, isLive, isTerminal, runStates } from '@moda/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../runs/run-record.js';
import type { JobSeen, PodSeen, Seen, WorkloadSeen } from '../seen/seen.js';
import { runId, sampleRun, workerOfPod } from '../testing/sample-run.js';
import { sampleSettings } from '../testing/sample-settings.js';
import { aJob, aPod, aWorkload } from '../testing/sample-sights.js';
import type { Action } from './action.js';
import { decide, withJob } from './decide.js';
import { defaultPatience } from './patience.js';

const now = new Date('2026-01-01T11:00:00Z');
const circumstances = {
  now,
  listeningSince: new Date(0),
  settings: sampleSettings,
  patience: defaultPatience,
};

const because = fc.constantFrom(
  undefined,
  { reason: 'Preempted', message: 'x' },
  { reason: 'ImagePullBackOff', message: '' },
  { reason: 'Evicted', message: 'low on memory' },
);
const moment = fc.integer({ min: 0, max: 7_200_000 }).map((ms) => new Date(now.getTime() - ms));
const anyPod = fc
  .record({
    uid: fc.constantFrom('a', 'b', 'c'),
    createdAt: moment,
    deleting: fc.boolean(),
    over: fc.boolean(),
    running: fc.boolean(),
    unschedulable: fc.constantFrom(undefined, '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'),
    waiting: because,
    disruption: because,
    because,
    exit: fc.constantFrom(
      undefined,
      ...[0, 1, 2, 130, 137, 143].map((code) => ({ code, reason: 'Error', message: '' })),
    ),
  })
  .map((given): PodSeen => aPod({ ...given, name: `moda-run-${runId}-${given.uid}` }));
const anyJob = fc
  .record({
    suspended: fc.boolean(),
    deleting: fc.boolean(),
    finished: fc.constantFrom(
      undefined,
      undefined,
      { outcome: 'complete' as const, reason: '', message: '' },
      { outcome: 'failed' as const, reason: 'DeadlineExceeded', message: '' },
      { outcome: 'failed' as const, reason: 'PodFailurePolicy', message: '' },
    ),
  })
  .map((given): JobSeen => aJob(given));
const anyWorkload = fc
  .record({ admitted: fc.boolean(), pending: because, evicted: because, active: fc.boolean() })
  .map((given): WorkloadSeen => aWorkload(given));
const anySight: fc.Arbitrary<Seen> = fc.record({
  job: fc.option(anyJob, { nil: undefined }),
  pods: fc.uniqueArray(anyPod, { selector: ({ uid }) => uid, maxLength: 3 }),
  workload: fc.option(anyWorkload, { nil: undefined }),
});
const anyRun = fc
  .record({
    state: fc.constantFrom(...runStates),
    reason: fc.constantFrom(
      'x',
      withJob(runId, 'It waits.'),
      `No sign of life from pod moda-run-${runId}-a.`,
    ),
    cancelRequestedAt: fc.option(moment, { nil: undefined }),
    heartbeatAt: moment,
    uid: fc.constantFrom('a', 'b', 'gone'),
    endedAt: moment,
  })
  .map(({ uid, ...given }) =>
    sampleRun({
      ...given,
      worker: isLive(given.state) ? workerOfPod(uid) : undefined,
      cancelRequestedAt: isTerminal(given.state) ? undefined : given.cancelRequestedAt,
    }),
  );

const left = ({ pods }: Seen) => pods.some(({ over }) => !over);

it('whatever is seen, no step breaks a rule', () => {
  fc.assert(
    fc.property(anyRun, anySight, (run, seen) => {
      const { action } = decide(run, seen, circumstances);
      if (action?.kind === 'move') {
        expect(action.from).toBe(run.state);
        expect(canFollow(action.from, action.to)).toBe(true);
        expect(action.reason).toMatch(/^[A-Z].*\.$|Its last words: /);
        expect(action.code !== undefined).toBe(action.to === 'failed');
      }
      if (action?.kind === 'claim' || action?.kind === 'ensureJob') {
        // Nobody begins what is under way, has ended or is not wanted.
        expect(run.state).toBe('queued');
        expect(run.cancelRequestedAt).toBeUndefined();
      }
      // A second Job could only come to be where a first one is on its way out.
      if (action?.kind === 'ensureJob') expect(seen.job?.deleting ?? false).toBe(false);
      // Cancelled is only what nothing is left of.
      if (action?.kind === 'confirmGone') {
        expect(seen.job).toBeUndefined();
        expect(left(seen)).toBe(false);
        expect(canFollow(run.state, 'cancelled')).toBe(true);
      }
      if (isTerminal(run.state)) expect(['deleteJob', undefined]).toContain(action?.kind);
    }),
    { numRuns: 1_000 },
  );
});

it('no run that has ended keeps a Job that is at work', () => {
  fc.assert(
    fc.property(anyRun, anySight, (run, seen) => {
      const isAtWork = seen.job !== undefined && seen.job.finished === undefined && !seen.job.deleting;
      fc.pre(isTerminal(run.state) && isAtWork);
      const { action, lookAgainInMs } = decide(run, seen, circumstances);
      expect(action?.kind === 'deleteJob' || lookAgainInMs !== undefined).toBe(true);
    }),
    { numRuns: 500 },
  );
});

/** What a step makes of a run: as the store does. */
function after(run: RunRecord, action: Action): RunRecord | undefined {
  switch (action.kind) {
    case 'explain':
      return { ...run, reason: action.reason };
    case 'claim':
      return { ...run, state: 'admitted', reason: action.reason, worker: workerOfPod('none') };
    case 'move':
      return {
        ...run,
        state: action.to,
        reason: action.reason,
        worker: isLive(action.to) ? (action.pod ? workerOfPod(action.pod.uid) : run.worker) : undefined,
        heartbeatAt: action.pod ? now : run.heartbeatAt,
        cancelRequestedAt: isTerminal(action.to) ? undefined : run.cancelRequestedAt,
        endedAt: now,
      };
    case 'settle':
      return { ...run, state: 'queued', reason: withJob(run.id, 'It goes on.') };
    case 'confirmGone':
      return { ...run, state: 'cancelled', reason: action.reason, cancelRequestedAt: undefined };
    default:
      return undefined;
  }
}

it('whatever is seen, a run comes to rest after a few steps', () => {
  fc.assert(
    fc.property(anyRun, anySight, (run, seen) => {
      let current: RunRecord | undefined = run;
      for (let steps = 0; current !== undefined; steps += 1) {
        const { action } = decide(current, seen, circumstances);
        if (action === undefined) return;
        expect(steps).toBeLessThan(8);
        current = after(current, action);
      }
    }),
    { numRuns: 1_000 },
  );
});
