import { type ErrorCode, isLive, isTerminal } from '@moda/contracts';
import type { RunRecord } from '../../runs/run-record.js';
import { jobName, placeOf } from '../job-names.js';
import type { JobSettings } from '../job-settings.js';
import { type JobSeen, podAtWork, type PodSeen, type Seen } from '../seen/seen.js';
import type { Action, Decision } from './action.js';
import type { Patience } from './patience.js';
import { isImageTrouble, said, unheard, whyEnded, whyEvicted, whyNotRunning, whyQueued } from './words.js';

export interface Circumstances {
  readonly now: Date;
  /** Since when pods can be heard: nobody is silent before somebody listens. */
  readonly listeningSince: Date;
  readonly settings: JobSettings;
  readonly patience: Patience;
}

const nothing: Decision = { action: undefined, lookAgainInMs: undefined };
const act = (action: Action): Decision => ({ action, lookAgainInMs: undefined });
const waitFor = (ms: number): Decision => ({ action: undefined, lookAgainInMs: Math.max(1, ms) });

/** That a Job was made for a run stands in the reason of its state: a run that says so and has no Job lost it to somebody. */
export const saysItHasJob = ({ id, reason }: Pick<RunRecord, 'id' | 'reason'>): boolean =>
  reason.includes(jobName(id));

/** A reason for `queued` with which the run is known to have a Job. */
export const withJob = (id: string, words: string): string => `${words} Its Job is ${jobName(id)}.`;

/**
 * What is to be done next about a run, given what the store and the cluster show. It follows from this alone, and from nothing that happened
 * before, so that a service that was killed goes on where it was. Done again until nothing is left to do.
 */
export function decide(run: RunRecord, seen: Seen, circumstances: Circumstances): Decision {
  if (isTerminal(run.state)) return tidyUp(run, seen, circumstances);
  if (isForeign(run, circumstances)) return ofAnother(run, circumstances);
  if (run.cancelRequestedAt !== undefined) return cancel(run, seen);
  const { job } = seen;
  if (job === undefined) return withoutJob(run, seen);
  // Whoever has deleted it wants it gone: what follows is decided when it is.
  if (job.deleting) return leaving(run, seen);
  if (run.state === 'queued' && !saysItHasJob(run)) return act({ kind: 'ensureJob' });
  if (job.finished !== undefined) return act(endedBefore(run, job.finished, seen));
  if (run.state === 'interrupted' || run.state === 'preempted') return goOn(run, run.state, seen);
  if (job.suspended) return outOfPlace(run, seen, circumstances);
  return inPlace(run, seen, circumstances);
}

/** At work for another service, or in another namespace: that one looks after it. */
function isForeign({ worker }: RunRecord, { settings }: Circumstances): boolean {
  return worker !== undefined && !worker.host.startsWith(placeOf(settings.namespace));
}

/** Should its service be gone for good, the run comes over to this one. */
function ofAnother(run: RunRecord, circumstances: Circumstances): Decision {
  const leftMs = untilSilent(run, circumstances);
  if (leftMs > 0) return waitFor(leftMs);
  const seconds = Math.round(circumstances.patience.silentMs / 1000);
  return act(move(run, 'interrupted', `No sign of life from the worker for ${seconds} seconds.`));
}

function untilSilent(run: RunRecord, { listeningSince, now, patience }: Circumstances): number {
  const heardAt = Math.max((run.heartbeatAt ?? run.since).getTime(), listeningSince.getTime());
  return heardAt + patience.silentMs - now.getTime();
}

/** No Job of a run that has ended keeps a GPU. One that has finished stays for who wants to look, until its time is over. */
function tidyUp(run: RunRecord, seen: Seen, { now, patience }: Circumstances): Decision {
  const { job } = seen;
  if (job === undefined || !job.ours || job.deleting || job.finished !== undefined) return nothing;
  const age = now.getTime() - (run.endedAt ?? run.since).getTime();
  const isFinishing = podAtWork(seen)?.running === true || seen.pods.some(decidesItsJob);
  if (run.state !== 'cancelled' && isFinishing && age < patience.lingerMs)
    return waitFor(patience.lingerMs - age);
  return act({ kind: 'deleteJob', uid: job.uid });
}

function cancel(run: RunRecord, { job, pods }: Seen): Decision {
  if (job !== undefined && !job.ours) return act({ kind: 'confirmGone', from: run.state, reason: cancelled });
  if (job !== undefined) {
    if (run.state === 'running')
      return act(move(run, 'checkpointing', 'It was asked to stop and writes a checkpoint.'));
    return job.deleting ? nothing : act({ kind: 'deleteJob', uid: job.uid });
  }
  if (pods.some(({ over }) => !over)) return nothing;
  return act({ kind: 'confirmGone', from: run.state, reason: cancelled });
}

const cancelled = 'Cancelled; its Job is deleted and its pod is gone.';

function withoutJob(run: RunRecord, { pods }: Seen): Decision {
  const isExpected = isLive(run.state) || saysItHasJob(run);
  if (isExpected) {
    if (pods.some(({ over }) => !over)) return leaving(run, { job: undefined, pods, workload: undefined });
    const reason = 'Somebody has deleted its Job, and nothing of it runs any more; submit it again to go on.';
    return act({ kind: 'confirmGone', from: run.state, reason });
  }
  return run.state === 'queued'
    ? act({ kind: 'ensureJob' })
    : act({ kind: 'settle', from: run.state as 'interrupted' | 'preempted' });
}

/** Its Job is deleted, its pod still has its grace. */
function leaving(run: RunRecord, seen: Seen): Decision {
  if (run.state !== 'running' || podAtWork(seen) === undefined) return nothing;
  return act(move(run, 'checkpointing', 'Somebody has deleted its Job; it writes a checkpoint.'));
}

function endedBefore(
  run: RunRecord,
  { outcome, reason, message }: NonNullable<JobSeen['finished']>,
  seen: Seen,
): Action {
  const pod = seen.pods.findLast(({ exit }) => exit !== undefined);
  if (outcome === 'complete')
    return fail(
      run,
      'POD_FAILED',
      'Its pod ended as if all were done, and has not said what the run came to; look at its log.',
    );
  switch (reason) {
    case 'DeadlineExceeded':
      return fail(
        run,
        'JOB_DEADLINE',
        'It took longer than TRAINING_DEADLINE_S allows; resume it to go on from its last checkpoint.',
      );
    case 'BackoffLimitExceeded':
      return fail(run, 'WORKER_LOST', `Its pods ended again and again. ${whyEnded(pod)}`);
    case 'PodFailurePolicy':
      return fail(
        run,
        'POD_FAILED',
        pod === undefined ? `Its pod failed for good${said(message)}.` : whyEnded(pod),
      );
    default:
      return fail(run, 'POD_FAILED', `Its Job has failed (${reason})${said(message)}.`);
  }
}

/** It has no place: before its first one, or because it was taken away. */
function outOfPlace(run: RunRecord, seen: Seen, { settings }: Circumstances): Decision {
  const { workload } = seen;
  if (run.state === 'queued') {
    const why = withJob(run.id, whyQueued(workload, settings));
    return run.reason === why ? nothing : act({ kind: 'explain', state: 'queued', reason: why });
  }
  const why = workload === undefined ? 'Its Job was suspended.' : whyEvicted(workload, settings);
  if (podAtWork(seen) !== undefined)
    return run.state === 'running'
      ? act(move(run, 'checkpointing', `${why} It writes a checkpoint.`))
      : nothing;
  if (run.state === 'admitted' && workload?.admitted === true) return nothing;
  return act(move(run, 'preempted', why));
}

/** It has a place in the cluster. */
function inPlace(run: RunRecord, seen: Seen, circumstances: Circumstances): Decision {
  const { settings } = circumstances;
  const pod = podAtWork(seen);
  switch (run.state) {
    case 'queued':
      return act({ kind: 'claim', reason: `The queue ${settings.queue} has room for it.` });
    case 'admitted': {
      if (pod === undefined || pod.deleting) return nothing;
      return act({ ...move(run, 'starting', whyNotRunning(pod, settings)), pod });
    }
    case 'starting':
      return withItsPod(run, seen, (own) => starting(run, own, circumstances));
    default:
      return withItsPod(run, seen, (own) => running(run, own, circumstances));
  }
}

/** The pod that has the run; where it has ended, so has the attempt. */
function withItsPod(run: RunRecord, seen: Seen, next: (pod: PodSeen) => Decision): Decision {
  const own = seen.pods.find(({ uid }) => uid === run.worker?.token);
  if (own !== undefined && !own.over) return next(own);
  // The Job says what that means.
  if (own !== undefined && decidesItsJob(own)) return nothing;
  return act(move(run, 'interrupted', whyEnded(own)));
}

/** With this end of it the Job is about to be finished, too. */
function decidesItsJob({ disruption, exit }: PodSeen): boolean {
  return disruption === undefined && exit !== undefined && [0, 1, 2].includes(exit.code);
}

function starting(run: RunRecord, pod: PodSeen, { now, patience, settings }: Circumstances): Decision {
  const age = now.getTime() - pod.createdAt.getTime();
  const isPulling = pod.waiting !== undefined && isImageTrouble(pod.waiting.reason);
  if (isPulling && age >= patience.imageMs)
    return act(fail(run, 'POD_IMAGE_INVALID', whyNotRunning(pod, settings)));
  const since = now.getTime() - (run.heartbeatAt ?? run.since).getTime();
  const isUnheard = pod.running && since >= patience.unheardMs;
  const reason = isUnheard ? unheard(pod, settings) : whyNotRunning(pod, settings);
  if (reason !== run.reason) return act({ kind: 'explain', state: 'starting', reason });
  if (isPulling) return waitFor(patience.imageMs - age);
  return pod.running && !isUnheard ? waitFor(patience.unheardMs - since) : nothing;
}

function running(run: RunRecord, pod: PodSeen, circumstances: Circumstances): Decision {
  const leftMs = untilSilent(run, circumstances);
  if (leftMs <= 0) return act(move(run, 'interrupted', silence(pod, circumstances.patience)));
  if (pod.deleting && run.state === 'running')
    return act(move(run, 'checkpointing', `${whyEnded(pod)} It writes a checkpoint.`));
  return waitFor(leftMs);
}

const silenceBegins = 'No sign of life from pod ';

/** It may come back: whoever was only out of earshot has lost nothing. */
export const isSilence = (reason: string): boolean => reason.startsWith(silenceBegins);

const silence = ({ name }: PodSeen, { silentMs }: Patience): string =>
  `${silenceBegins}${name} for ${Math.round(silentMs / 1000)} seconds; it goes on when it is heard again, or with its next pod.`;

/** After an interruption: with the next pod, or with the same one once it is heard again. */
function goOn(run: RunRecord, state: 'interrupted' | 'preempted', seen: Seen): Decision {
  if (!isSilence(run.reason)) return act({ kind: 'settle', from: state });
  const isSilent = ({ name }: PodSeen) => run.reason.includes(name);
  const pod = podAtWork(seen);
  if (pod !== undefined && isSilent(pod)) return nothing;
  return act({ kind: 'settle', from: state, why: whyEnded(seen.pods.find(isSilent)) });
}

function move(run: RunRecord, to: RunRecord['state'], reason: string): Extract<Action, { kind: 'move' }> {
  return { kind: 'move', from: run.state, to, reason };
}

function fail(run: RunRecord, code: ErrorCode, reason: string): Action {
  return { ...move(run, 'failed', reason), code };
}
