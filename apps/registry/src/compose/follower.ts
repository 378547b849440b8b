/** How far a reader may lag behind the cut that it follows; more than a network connection keeps under way. */
const maxQueuedBytes = 2 * 1024 * 1024;

/**
 * A reader of bytes `start` to `end` of something that is being made. What it has not yet taken is queued up to a limit; a reader that
 * lags further is left behind, so that it neither slows down the maker nor fills the memory, and reads the rest elsewhere.
 */
export class Follower implements AsyncIterable<Uint8Array> {
  readonly #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #following = true;
  #wake: (() => void) | undefined;

  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  /** The piece that begins at `position`. */
  offer(piece: Uint8Array, position: number): void {
    if (!this.#following) return;
    const wanted = piece.subarray(Math.max(this.start - position, 0), Math.max(this.end - position, 0));
    if (wanted.length > 0 && this.#queuedBytes > 0 && this.#queuedBytes + wanted.length > maxQueuedBytes)
      this.stop();
    else if (wanted.length > 0) {
      this.#queue.push(wanted);
      this.#queuedBytes += wanted.length;
      this.#wake?.();
    }
  }

  /** Nothing more comes. What is queued can still be read. */
  stop(): void {
    this.#following = false;
    this.#wake?.();
  }

  /** The queued pieces in order, until nothing more comes: perhaps before `end`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#queue.shift();
      if (piece) {
        this.#queuedBytes -= piece.length;
        yield piece;
      } else if (this.#following) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else return;
    }
  }
}
