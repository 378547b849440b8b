import { podExitCodes } from './pod-exit-codes.js';

export interface EndingOptions {
  /** Of the system: the pod is to end. */
  readonly signal: AbortSignal;
  /** From then on. */
  readonly graceMs: number;
}

/** When and why a pod ends before its run does. */
export class Ending {
  private readonly asking = new AbortController();
  private readonly giving = new AbortController();
  private deadline: NodeJS.Timeout | undefined;

  /** Aborted where the worker is to write a checkpoint and end. */
  readonly stopping: AbortSignal = this.asking.signal;
  /** Aborted where nothing is to be shipped any more: the run is another pod's, or the time is up. */
  readonly over: AbortSignal = this.giving.signal;
  /** The exit code of the pod, once it is over. */
  code: number | undefined;

  constructor({ signal, graceMs }: EndingOptions) {
    const onSignal = () => {
      this.stop();
      this.deadline = setTimeout(() => this.giveUp(podExitCodes.cutShort), graceMs);
    };
    if (signal.aborted) onSignal();
    else signal.addEventListener('abort', onSignal, { once: true });
  }

  stop(): void {
    this.asking.abort();
  }

  /** Somebody else has the run. */
  lose(): void {
    this.giveUp(podExitCodes.replaced);
  }

  close(): void {
    clearTimeout(this.deadline);
  }

  private giveUp(code: number): void {
    this.code ??= code;
    this.asking.abort();
    this.giving.abort();
  }
}
