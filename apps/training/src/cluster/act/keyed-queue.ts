/** What a key is worked at with. Whatever it throws makes it try again, later and later. */
export type KeyedWork = (key: string) => Promise<{ readonly lookAgainInMs: number | undefined }>;

export interface KeyedQueueOptions {
  readonly work: KeyedWork;
  readonly onFailure: (key: string, error: unknown, tries: number) => void;
  /** Different keys at the same time; one key is never worked at twice at once. */
  readonly atOnce?: number;
  readonly retryMs?: number;
  readonly maxRetryMs?: number;
}

/**
 * Keys that wait to be looked at. One that is added while it waits is looked at once, and one that is added while it is worked at is looked
 * at again afterwards: so nothing is missed, and nothing piles up.
 */
export class KeyedQueue {
  private readonly waiting = new Set<string>();
  private readonly working = new Set<string>();
  private readonly timers = new Map<string, { readonly timer: NodeJS.Timeout; readonly at: number }>();
  private readonly failures = new Map<string, number>();
  private readonly idle: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly options: KeyedQueueOptions) {}

  add(key: string): void {
    if (this.stopped) return;
    this.waiting.add(key);
    this.next();
  }

  /** The earliest moment that was asked for counts. */
  addIn(key: string, ms: number): void {
    if (this.stopped) return;
    const at = performance.now() + ms;
    const known = this.timers.get(key);
    if (known !== undefined && known.at <= at) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(
      () => {
        this.timers.delete(key);
        this.add(key);
      },
      Math.min(ms, maxTimerMs),
    );
    timer.unref();
    this.timers.set(key, { timer, at });
  }

  /** Resolves when nothing is worked at any more; what waits is dropped. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.clear();
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    if (this.working.size > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private next(): void {
    for (const key of this.waiting) {
      if (this.working.size >= (this.options.atOnce ?? 4)) return;
      if (this.working.has(key)) continue;
      this.waiting.delete(key);
      this.working.add(key);
      void this.attend(key);
    }
  }

  private async attend(key: string): Promise<void> {
    const { maxRetryMs = 30_000, onFailure, retryMs = 500, work } = this.options;
    try {
      const { lookAgainInMs } = await work(key);
      this.failures.delete(key);
      if (lookAgainInMs !== undefined) this.addIn(key, lookAgainInMs);
    } catch (error) {
      const tries = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, tries);
      onFailure(key, error, tries);
      this.addIn(key, Math.min(maxRetryMs, retryMs * 2 ** Math.min(tries - 1, 20)));
    }
    this.working.delete(key);
    if (this.stopped && this.working.size === 0) for (const resolve of this.idle.splice(0)) resolve();
    this.next();
  }
}

/** Node's own limit; whoever is looked at earlier than asked for asks again. */
const maxTimerMs = 2 ** 31 - 1;
