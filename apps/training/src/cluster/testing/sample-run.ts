import { parseTrainSpec } from '@moda/contracts';
import type { RunRecord } from '../../runs/run-record.js';
import { workerHost } from '../job-names.js';

export const runId = '0b7d0f6e-6f5c-4a3a-9d8e-2f4f5f0f9a11';
export const longAgo = new Date('2026-01-01T10:00:00Z');

const spec = parseTrainSpec({ arch: 'lenet5' });

/** A run that waits, of which nothing is known yet. */
export function sampleRun(given: Partial<RunRecord> = {}): RunRecord {
  return {
    id: runId,
    spec,
    task: { kind: 'train' },
    experiment: 'specs',
    name: undefined,
    user: 'ada',
    state: 'queued',
    reason: 'Submitted.',
    since: longAgo,
    priority: 0,
    attempt: 0,
    createdAt: longAgo,
    startedAt: undefined,
    endedAt: undefined,
    heartbeatAt: undefined,
    worker: undefined,
    cancelRequestedAt: undefined,
    parent: undefined,
    idempotencyKey: undefined,
    progress: { done: 0, total: 0, unit: 'step' },
    device: undefined,
    traceId: 'f'.repeat(32),
    outcome: undefined,
    error: undefined,
    notes: undefined,
    tags: [],
    archived: false,
    metricNames: [],
    lastSequence: 1,
    ...given,
  };
}

/** The worker of a run that a pod has. */
export const workerOfPod = (uid: string) => ({ pid: 0, host: workerHost('moda', `pod-${uid}`), token: uid });
