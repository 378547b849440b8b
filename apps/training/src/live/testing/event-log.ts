import { parseTrainSpec, type RunState } from '@moda/contracts';
import type { EventBody, RunEvent } from '../../runs/run-event.js';
import type { RunRecord } from '../../runs/run-record.js';

const moment = new Date('2026-03-01T12:00:00Z');

/** The events of runs in memory: as much of a store as those who follow runs read. */
export class EventLog {
  private readonly runs = new Map<string, { state: RunState; events: RunEvent[] }>();
  /** How often events were read. */
  reads = 0;
  /** Reading fails with it. */
  failure: Error | undefined;

  append(runId: string, ...bodies: readonly EventBody[]): void {
    const run = this.runs.get(runId) ?? { state: 'running', events: [] };
    this.runs.set(runId, run);
    for (const body of bodies) {
      if (body.kind === 'state') run.state = body.to;
      run.events.push({ runId, sequence: run.events.length + 1, at: moment, body });
    }
  }

  async events(runId: string, after: number, limit: number): Promise<readonly RunEvent[]> {
    this.reads += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failure) throw this.failure;
    return this.runs.get(runId)?.events.slice(after, after + limit) ?? [];
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    const run = this.runs.get(runId);
    if (!run) return undefined;
    const { state, events } = run;
    return { ...blank, id: runId, state, lastSequence: events.length };
  }
}

const blank: RunRecord = {
  id: '',
  experiment: 'digits',
  name: undefined,
  user: 'ada',
  task: { kind: 'train' },
  spec: parseTrainSpec({ arch: 'lenet5' }),
  state: 'running',
  reason: '',
  since: moment,
  priority: 0,
  attempt: 1,
  createdAt: moment,
  startedAt: moment,
  endedAt: undefined,
  heartbeatAt: moment,
  worker: undefined,
  cancelRequestedAt: undefined,
  parent: undefined,
  idempotencyKey: undefined,
  progress: { done: 0, total: 0, unit: 'step' },
  device: undefined,
  traceId: 'ab'.repeat(16),
  outcome: undefined,
  error: undefined,
  notes: undefined,
  tags: [],
  archived: false,
  metricNames: [],
  lastSequence: 0,
};
