/** Milliseconds between two signs of life of a pod. */
export const defaultBeatEveryMs = 4000;
/** For the answer to one; the next one may find the service there again. */
const answerMs = 10_000;
/** Without a word of its worker for so long a pod gives none itself. The worker has one every two seconds. */
const quietMs = 20_000;
/** Without a word for so long the worker is ended. Loading TensorFlow and the data may keep it from talking for a while. */
const silentMs = 300_000;

export interface PulseOptions {
  readonly everyMs: number;
  readonly beat: (signal: AbortSignal) => Promise<void>;
  /** The worker hangs. */
  readonly onSilent: (seconds: number) => void;
}

/** Signs of life of a pod, for as long as it is at work: while its worker gives some, and while files are on their way. */
export class Pulse {
  private readonly timer: NodeJS.Timeout;
  private heardAt: number | undefined;
  private asking: AbortController | undefined;

  constructor(private readonly options: PulseOptions) {
    this.timer = setInterval(() => void this.tick(), options.everyMs);
  }

  /** The worker has said something. */
  heard(): void {
    this.heardAt = performance.now();
  }

  /** There is no worker any more that could be waited for. */
  workerIsGone(): void {
    this.heardAt = undefined;
  }

  /** Whatever is still answered to a sign of life is not heeded any more. */
  stop(): void {
    clearInterval(this.timer);
    this.asking?.abort();
  }

  private async tick(): Promise<void> {
    const quiet = this.heardAt === undefined ? 0 : performance.now() - this.heardAt;
    if (quiet > silentMs) this.options.onSilent(Math.round(quiet / 1000));
    if (quiet > quietMs || this.asking !== undefined) return;
    const patience = new AbortController();
    this.asking = patience;
    const timer = setTimeout(() => patience.abort(), answerMs);
    // Where nobody hears it there is nothing to do: what counts is told in other ways.
    await this.options.beat(patience.signal).catch(() => undefined);
    clearTimeout(timer);
    this.asking = undefined;
  }
}
