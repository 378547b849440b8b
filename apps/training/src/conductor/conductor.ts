import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@moda/service-kit';
import type { Executor } from '../execution/executor.js';
import type { RunRecord } from '../runs/run-record.js';
import type { CancelOutcome, RunStore } from '../runs/run-store.js';
import { runFiles } from '../worker/run-files.js';
import { type ConductorContext, defaultTimings, type Timings } from './conductor-context.js';
import { LiveRun } from './live-run.js';
import { settleInterrupted } from './settle-interrupted.js';

export interface ConductorOptions {
  readonly store: RunStore;
  readonly executor: Executor;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Runs at the same time, of all users. */
  readonly atOnce: number;
  /** Of one user; `atOnce` if left out. */
  readonly perUser?: number;
  /** Something of this run was stored: whoever follows it may read on. */
  readonly onNews?: (runId: string) => void;
  readonly timings?: Partial<Timings>;
  /** So many interruptions in a row without a new checkpoint are survived; 3 if left out. */
  readonly resumesWithoutProgress?: number;
}

/** The only one that moves runs from state to state, but for those that wait in the queue. */
export interface Conductor {
  /** Looks at the queue at once: a run was submitted. */
  wake(): void;
  /** A queued run is cancelled at once; a live one when its worker is gone. */
  cancel(id: string, reason: string): Promise<CancelOutcome>;
  /** Stops every worker with a checkpoint; their runs go back to the queue. Resolves when no worker is left. */
  stop(): Promise<void>;
}

/** Takes over what an earlier service has left, then works on the queue until it is stopped. */
export async function openConductor(options: ConductorOptions): Promise<Conductor> {
  await options.executor.open();
  const conductor = new RunConductor(options);
  try {
    await conductor.reconcile();
  } catch (error) {
    await conductor.stop();
    throw error;
  }
  conductor.begin();
  return conductor;
}

class RunConductor implements Conductor {
  private readonly context: ConductorContext;
  private readonly lives = new Map<string, LiveRun>();
  private readonly giveUp = new AbortController();
  private readonly closing = new AbortController();
  private awake = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: ConductorOptions) {
    this.context = {
      store: options.store,
      executor: options.executor,
      logger: options.logger,
      clock: options.clock,
      timings: { ...defaultTimings, ...options.timings },
      resumesWithoutProgress: options.resumesWithoutProgress ?? 3,
      giveUp: this.giveUp.signal,
      onNews: options.onNews ?? (() => undefined),
    };
  }

  /** What the store calls live and this place had is live no more: its service is gone. */
  async reconcile(): Promise<void> {
    const { executor, store } = this.context;
    for (const run of await store.live())
      if (run.worker === undefined || run.worker.host === executor.place)
        this.keep(LiveRun.recover(this.context, run));
    await this.settleAll();
  }

  begin(): void {
    this.loop = Promise.all([this.claimLoop(), this.superviseLoop()]).then(() => undefined);
  }

  wake(): void {
    this.awake.abort();
  }

  async cancel(id: string, reason: string): Promise<CancelOutcome> {
    const outcome = await this.context.store.requestCancel(id, reason);
    if (outcome.kind === 'requested') this.lives.get(id)?.stop('cancel', reason);
    if (outcome.kind !== 'refused') this.context.onNews(id);
    return outcome;
  }

  async stop(): Promise<void> {
    this.closing.abort();
    this.wake();
    await this.loop;
    const { graceMs, retryMs } = this.context.timings;
    const deadline = setTimeout(() => this.giveUp.abort(), graceMs + 2 * retryMs);
    for (const live of this.lives.values()) live.stop('shutdown');
    await Promise.all([...this.lives.values()].map(({ over }) => over));
    clearTimeout(deadline);
    this.giveUp.abort();
    await this.context.executor.close();
  }

  private async claimLoop(): Promise<void> {
    const { logger, timings } = this.context;
    while (!this.closing.signal.aborted) {
      this.awake = new AbortController();
      try {
        while (await this.claim());
        for (const live of this.lives.values()) live.look();
      } catch (error) {
        logger.warn({ err: error }, 'The queue could not be read; it is read again.');
      }
      await sleep(timings.lookMs, undefined, { signal: this.awake.signal }).catch(() => undefined);
    }
  }

  private async claim(): Promise<boolean> {
    const { atOnce, perUser = atOnce } = this.options;
    if (this.closing.signal.aborted || this.lives.size >= atOnce) return false;
    const { executor, store } = this.context;
    const run = await store.claimNext({
      worker: { pid: process.pid, host: executor.place, token: randomUUID() },
      limits: { total: atOnce, perUser },
      reason: `It is its turn, and ${executor.host} has room for it.`,
    });
    if (run === undefined) return false;
    this.context.onNews(run.id);
    this.keep(LiveRun.launch(this.context, run));
    return true;
  }

  private keep(live: LiveRun): void {
    this.lives.set(live.id, live);
    void live.over.then(() => {
      if (this.lives.get(live.id) === live) this.lives.delete(live.id);
      this.wake();
    });
  }

  private async superviseLoop(): Promise<void> {
    const { logger, timings } = this.context;
    while (!this.closing.signal.aborted) {
      try {
        await this.supervise();
      } catch (error) {
        logger.warn({ err: error }, 'The runs under way could not be looked after; it is tried again.');
      }
      await sleep(timings.superviseMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  private async supervise(): Promise<void> {
    const { clock, store, timings } = this.context;
    for (const run of await store.live()) if (run.cancelRequestedAt) this.lives.get(run.id)?.stop('cancel');
    await this.settleAll();
    // Also where the store has a sign of life of a worker that this process does not hear any more.
    for (const live of this.lives.values()) if (live.isSilent()) live.stop('silent');
    for (const run of await store.stale(new Date(clock().getTime() - timings.silentMs))) {
      const live = this.lives.get(run.id);
      if (live) live.beat();
      else await this.giveBack(run);
    }
  }

  /** Of a service that is gone, or cannot be reached by its database: should it live, its worker is told with its next beat. */
  private async giveBack(run: RunRecord): Promise<void> {
    const { store, timings } = this.context;
    const seconds = Math.round(timings.silentMs / 1000);
    const reason = `No sign of life from the worker for ${seconds} seconds.`;
    const outcome = await store.move(run.id, run.state, 'interrupted', reason);
    if (outcome.kind === 'moved') await this.settle(outcome.run);
  }

  /** Without a worker and not yet back in the queue: whoever wanted to put them there was gone too soon. */
  private async settleAll(): Promise<void> {
    const { items } = await this.context.store.runs(
      { states: ['interrupted', 'preempted'], archived: 'any' },
      'oldest',
      { first: settledAtOnce },
    );
    for (const { item } of items) if (!this.lives.has(item.id)) await this.settle(item);
  }

  private settle(run: RunRecord): Promise<void> {
    const files = runFiles(this.context.executor.folderOf(run));
    return settleInterrupted(this.context, run.id, files, {
      reason: run.reason,
      unexpected: false,
      hasProgressed: false,
    });
  }
}

/** The others have their turn with the next look. */
const settledAtOnce = 100;
