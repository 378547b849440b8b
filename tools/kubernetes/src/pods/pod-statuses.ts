import { constants } from 'node:os';
import type { ProcessEnd } from '../control-plane/keeper-client.js';
import type { ContainerStateData, PodConditionData, PodData, PodStatusData } from './pod-data.js';

/** What a kubelet says of a pod, as far as it changes with the state of its container. */
export type ReportedStatus = Pick<
  PodStatusData,
  | 'phase'
  | 'reason'
  | 'message'
  | 'startTime'
  | 'hostIP'
  | 'podIP'
  | 'podIPs'
  | 'conditions'
  | 'containerStatuses'
>;

/** It cannot be started, for now. */
export function waitingStatus(pod: PodData, reason: string, message: string): ReportedStatus {
  return status(pod, 'Pending', { waiting: { reason, message } }, 'False');
}

export function runningStatus(pod: PodData, startedAt: Date): ReportedStatus {
  return { ...status(pod, 'Running', { running: { startedAt } }, 'True'), startTime: startedAt };
}

/** Why a container ended, where its exit code does not tell. */
export type EndReason = 'OOMKilled' | 'Evicted' | undefined;

export function endedStatus(pod: PodData, startedAt: Date, end: ProcessEnd, why: EndReason): ReportedStatus {
  const exitCode = exitCodeOf(end);
  const done = exitCode === 0 && why === undefined;
  const reason = why === 'OOMKilled' ? why : done ? 'Completed' : 'Error';
  const state = { terminated: { exitCode, reason, startedAt, finishedAt: new Date() } };
  const ended = { ...status(pod, done ? 'Succeeded' : 'Failed', state, 'False'), startTime: startedAt };
  if (why !== 'Evicted') return ended;
  return {
    ...ended,
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
    conditions: [...(ended.conditions ?? []), condition('DisruptionTarget', 'True', 'TerminationByKubelet')],
  };
}

/** As a container runtime tells the end of a process: 128 and its number for a signal. */
export function exitCodeOf({ code, signal }: ProcessEnd): number {
  if (code !== null) return code;
  return 128 + (signal === null ? constants.signals.SIGKILL : constants.signals[signal]);
}

function status(pod: PodData, phase: string, state: ContainerStateData, ready: string): ReportedStatus {
  const isReady = ready === 'True';
  const running = state.running !== undefined;
  return {
    phase,
    hostIP: '127.0.0.1',
    ...(running ? { podIP: '127.0.0.1', podIPs: [{ ip: '127.0.0.1' }] } : {}),
    conditions: [
      condition('Initialized', 'True'),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    containerStatuses: (pod.spec?.containers ?? []).map(({ name, image = '' }) => ({
      name,
      image,
      imageID: '',
      ready: isReady,
      started: running,
      restartCount: 0,
      state,
    })),
  };
}

function condition(type: string, value: string, reason?: string): PodConditionData {
  return { type, status: value, lastTransitionTime: new Date(), ...(reason === undefined ? {} : { reason }) };
}
