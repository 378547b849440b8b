import type { RunDetail } from '../run/run-detail';
import { runRow } from './run-rows';

/** A run that is running, as its page looks it up. */
export function runDetail(changes: Partial<RunDetail> = {}): RunDetail {
  return {
    ...runRow(),
    state: 'running',
    reason: 'The worker has begun to train.',
    outcome: null,
    progressShare: 0.5,
    notes: null,
    attempt: 1,
    command: 'moda train --arch compact --epochs 12',
    priority: 0,
    since: '2026-03-01T10:00:02.000Z',
    heartbeatAt: null,
    cancelRequestedAt: null,
    waitReason: null,
    queuePosition: null,
    metricNames: ['crossEntropy'],
    traceId: 'abc',
    result: null,
    parentEpoch: null,
    logUrl: null,
    progress: { done: 50, total: 100, unit: 'step' },
    error: null,
    parent: null,
    transitions: [
      { at: '2026-03-01T10:00:00.000Z', from: null, to: 'queued', reason: 'Submitted by ada.' },
      { at: '2026-03-01T10:00:02.000Z', from: 'queued', to: 'running', reason: 'It begins.' },
    ],
    checkpoints: [],
    artifacts: [],
    forks: { totalEstimate: 0, edges: [] },
    versions: [],
    ...changes,
  };
}
