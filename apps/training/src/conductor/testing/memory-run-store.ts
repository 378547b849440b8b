import { canFollow, isLive, isTerminal, parseTrainSpec, type RunState } from '@moda/contracts';
import type { ReportedBody } from '../../runs/run-event.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunChanges, RunCriteria, RunStore } from '../../runs/run-store.js';

type Stored = { -readonly [K in keyof RunRecord]: RunRecord[K] };

type Methods =
  'run' | 'live' | 'stale' | 'move' | 'requestCancel' | 'claimNext' | 'beat' | 'journalOffset' | 'append';

/** As much of a run store as a conductor uses, in memory: it outlives any conductor of a spec. */
export class MemoryRunStore implements Pick<RunStore, Methods> {
  /** What was appended, by run. */
  readonly bodies = new Map<string, ReportedBody[]>();
  /** Every state a run was in. */
  readonly states = new Map<string, RunState[]>();
  private readonly stored = new Map<string, Stored>();
  private readonly offsets = new Map<string, number>();

  add(id: string, given: Partial<RunRecord> = {}): void {
    const spec = given.spec ?? parseTrainSpec({ arch: 'lenet5' });
    this.stored.set(id, { ...blank, id, spec, ...given });
    this.states.set(id, [given.state ?? 'queued']);
    this.bodies.set(id, []);
  }

  async run(id: string): Promise<RunRecord | undefined> {
    const run = this.stored.get(id);
    return run && { ...run };
  }

  async live(): Promise<RunRecord[]> {
    return [...this.stored.values()].filter(({ state }) => isLive(state));
  }

  async runs({ states = [] }: RunCriteria): ReturnType<RunStore['runs']> {
    const found = [...this.stored.values()].filter(({ state }) => states.includes(state));
    const items = found.map((item) => ({ item, cursor: item.id }));
    return { items, hasNext: false, totalEstimate: items.length };
  }

  async stale(olderThan: Date): Promise<RunRecord[]> {
    return (await this.live()).filter(({ heartbeatAt }) => !heartbeatAt || heartbeatAt < olderThan);
  }

  async move(
    id: string,
    expected: RunState | readonly RunState[],
    to: RunState,
    reason: string,
    changes: RunChanges = {},
  ): ReturnType<RunStore['move']> {
    const run = this.stored.get(id);
    if (!run || ![expected].flat().includes(run.state) || !canFollow(run.state, to))
      return { kind: 'refused', state: run?.state };
    const { error, cancelRequestedAt, ...rest } = changes;
    Object.assign(run, rest, { state: to, reason });
    if (error !== undefined) run.error = error ?? undefined;
    if (cancelRequestedAt !== undefined) run.cancelRequestedAt = cancelRequestedAt ?? undefined;
    if (!isLive(to)) run.worker = undefined;
    this.states.get(id)?.push(to);
    return { kind: 'moved', run: { ...run } };
  }

  async requestCancel(id: string, reason: string): ReturnType<RunStore['requestCancel']> {
    const run = this.stored.get(id);
    if (!run || isTerminal(run.state)) return { kind: 'refused', state: run?.state };
    if (run.state === 'queued') {
      await this.move(id, 'queued', 'cancelled', reason);
      return { kind: 'cancelled', run: { ...run } };
    }
    run.cancelRequestedAt ??= new Date();
    return { kind: 'requested', run: { ...run } };
  }

  async claimNext({ worker, limits }: Parameters<RunStore['claimNext']>[0]): Promise<RunRecord | undefined> {
    const live = (await this.live()).length;
    const next = [...this.stored.values()]
      .filter(({ state }) => state === 'queued')
      .sort((a, b) => b.priority - a.priority)[0];
    if (!next || live >= limits.total) return undefined;
    next.attempt += 1;
    next.heartbeatAt = new Date();
    await this.move(next.id, 'queued', 'admitted', 'It is its turn.', { worker });
    return { ...next };
  }

  async beat(id: string, token: string, at: Date): Promise<boolean> {
    const run = this.stored.get(id);
    if (run?.worker?.token !== token) return false;
    run.heartbeatAt = at;
    return true;
  }

  async journalOffset(id: string): Promise<number> {
    return this.offsets.get(id) ?? 0;
  }

  async append(
    id: string,
    token: string,
    from: { readonly offset: number },
    bodies: readonly ReportedBody[],
    nextOffset: number,
  ): ReturnType<RunStore['append']> {
    if (this.stored.get(id)?.worker?.token !== token) return { kind: 'lost' };
    const at = this.offsets.get(id) ?? 0;
    if (at !== from.offset) return { kind: 'elsewhere', offset: at };
    const known = this.bodies.get(id) ?? [];
    const steps = new Set(known.flatMap((body) => (body.kind === 'metric' ? [body.step] : [])));
    const fresh = bodies.filter((body) => body.kind !== 'metric' || !steps.has(body.step));
    known.push(...fresh);
    this.offsets.set(id, nextOffset);
    return { kind: 'appended', first: known.length - fresh.length + 1, last: known.length };
  }

  /** Steps of the metric points of a run, in the order of their arrival. */
  steps(id: string): number[] {
    return (this.bodies.get(id) ?? []).flatMap((body) => (body.kind === 'metric' ? [body.step] : []));
  }

  /** For a conductor, which calls none of the other methods. */
  asRunStore(): RunStore {
    return this as unknown as RunStore;
  }
}

const blank: Omit<RunRecord, 'id' | 'spec'> = {
  task: { kind: 'train' },
  experiment: 'specs',
  name: undefined,
  user: 'local',
  state: 'queued',
  reason: 'Submitted.',
  since: new Date(0),
  priority: 0,
  attempt: 0,
  createdAt: new Date(0),
  startedAt: undefined,
  endedAt: undefined,
  heartbeatAt: undefined,
  worker: undefined,
  cancelRequestedAt: undefined,
  parent: undefined,
  idempotencyKey: undefined,
  progress: { done: 0, total: 0, unit: 'step' },
  device: undefined,
  traceId: '0'.repeat(32),
  outcome: undefined,
  error: undefined,
  notes: undefined,
  tags: [],
  archived: false,
  metricNames: [],
  lastSequence: 0,
};
