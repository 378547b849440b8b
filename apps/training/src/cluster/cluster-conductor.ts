import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal } from '@moda/contracts';
import type { Logger } from '@moda/service-kit';
import type { Conductor } from '../conductor/conductor.js';
import type { PodEars } from '../pod-desk/pod-ears.js';
import type { PodTokens } from '../pod-desk/pod-tokens.js';
import type { CancelOutcome, RunStore } from '../runs/run-store.js';
import type { ClusterContext } from './act/cluster-context.js';
import { KeyedQueue } from './act/keyed-queue.js';
import { isOutage, perform } from './act/perform.js';
import type { ClusterApi } from './api/cluster-api.js';
import { decide } from './decide/decide.js';
import { defaultPatience, type Patience } from './decide/patience.js';
import { ClusterEars } from './ears/cluster-ears.js';
import type { JobSettings } from './job-settings.js';
import { newRuns, unfinishedRuns } from './run-scan.js';
import { openClusterView } from './seen/cluster-view.js';

export interface ClusterConductorOptions {
  readonly store: RunStore;
  readonly api: ClusterApi;
  readonly settings: JobSettings;
  readonly tokens: Pick<PodTokens, 'tokenFor'>;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly onNews?: (runId: string) => void;
  readonly patience?: Partial<Patience>;
  /** So many interruptions in a row without a new checkpoint are survived; 3 if left out. */
  readonly resumesWithoutProgress?: number;
  /** Between two looks at everything, beside those that news ask for (ms): what another service took, and what was missed. */
  readonly resyncMs?: number;
}

/** Brings runs and the Jobs of a cluster into line. It may be killed at any moment: what it knows is in the store and in the cluster. */
export interface ClusterConductor extends Conductor {
  /** For what the pods of its runs say. */
  readonly ears: PodEars;
}

/** Begins at once and waits for the cluster where that is away. `stop` leaves the pods alone. */
export function openClusterConductor(options: ClusterConductorOptions): ClusterConductor {
  return new JobConductor(options);
}

/** A run that has not come to rest after so many steps has its turn again after the others. */
const stepsInTurn = 10;
const scanRetryMs = 2_000;

class JobConductor implements ClusterConductor {
  readonly ears: PodEars;
  private readonly context: ClusterContext;
  private readonly queue: KeyedQueue;
  private readonly listeningSince: Date;
  private readonly known = new Set<string>();
  private readonly closing = new AbortController();
  private awake = new AbortController();
  private isSynced = false;
  private readonly loop: Promise<void>;

  constructor(private readonly options: ClusterConductorOptions) {
    const { api, clock, logger, settings, store, tokens } = options;
    this.listeningSince = clock();
    this.queue = new KeyedQueue({
      work: (id) => this.reconcile(id),
      onFailure: (id, error, tries) => {
        // Of an outage the watches tell once, not every run.
        if (tries === 3 || !isOutage(error))
          logger.warn(
            { err: error, runId: id },
            'A run and its Job could not be brought into line; it is tried again.',
          );
      },
    });
    const view = openClusterView({ api, logger, onChange: (id) => this.look(id) });
    this.context = {
      store,
      api,
      view,
      settings,
      tokens,
      logger,
      clock,
      patience: { ...defaultPatience, ...options.patience },
      resumesWithoutProgress: options.resumesWithoutProgress ?? 3,
      onNews: options.onNews ?? (() => undefined),
    };
    this.ears = new ClusterEars(this.context, (id) => this.look(id));
    this.loop = this.scanLoop();
  }

  wake(): void {
    this.awake.abort();
  }

  async cancel(id: string, reason: string): Promise<CancelOutcome> {
    const outcome = await this.context.store.requestCancel(id, reason);
    if (outcome.kind !== 'refused') this.context.onNews(id);
    this.look(id);
    return outcome;
  }

  async stop(): Promise<void> {
    this.closing.abort();
    this.wake();
    await this.context.view.stop();
    await this.queue.stop();
    await this.loop;
  }

  /** Nothing is decided before the whole cluster was seen once: what was not seen yet would look as if it were gone. */
  private look(id: string): void {
    if (this.isSynced) this.queue.add(id);
  }

  private async reconcile(id: string): Promise<{ lookAgainInMs: number | undefined }> {
    const { clock, patience, settings, store, view } = this.context;
    for (let step = 0; step < stepsInTurn; step += 1) {
      const run = await store.run(id);
      // A Job of a run that this store does not have is of another service: it is left alone.
      if (run === undefined) return { lookAgainInMs: undefined };
      if (isTerminal(run.state)) this.known.delete(id);
      else this.known.add(id);
      const { listeningSince } = this;
      const { action, lookAgainInMs } = decide(run, view.of(id), {
        now: clock(),
        listeningSince,
        settings,
        patience,
      });
      if (action === undefined) return { lookAgainInMs };
      const next = await perform(this.context, run, action);
      if (next !== 'again') return { lookAgainInMs: next };
    }
    return { lookAgainInMs: 1 };
  }

  private async scanLoop(): Promise<void> {
    const { signal } = this.closing;
    const closed = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await Promise.race([this.context.view.synced, closed]);
    this.isSynced = true;
    let isWhole = true;
    let wholeAt = -Infinity;
    while (!signal.aborted) {
      this.awake = new AbortController();
      let waitMs = this.options.resyncMs ?? 120_000;
      try {
        await this.scan(isWhole);
        if (isWhole) wholeAt = performance.now();
        waitMs = Math.max(1, wholeAt + waitMs - performance.now());
      } catch (error) {
        this.context.logger.warn({ err: error }, 'The runs could not be read; they are read again.');
        waitMs = scanRetryMs;
      }
      await sleep(waitMs, undefined, { signal: this.awake.signal }).catch(() => undefined);
      isWhole = performance.now() - wholeAt >= (this.options.resyncMs ?? 120_000);
    }
  }

  private async scan(isWhole: boolean): Promise<void> {
    const { store, view } = this.context;
    const found = isWhole ? unfinishedRuns(store) : newRuns(store, (id) => this.known.has(id));
    for await (const { id } of found) {
      if (this.closing.signal.aborted) return;
      this.known.add(id);
      this.look(id);
    }
    if (isWhole) for (const id of [...view.runs()]) this.look(id);
  }
}
