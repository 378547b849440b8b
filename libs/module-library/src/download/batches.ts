/** Bytes are collected up to this before they are written: fewer, larger writes. */
const slabBytes = 2 * 2 ** 20;
/** A read of the network that stays in the processor's cache until it is written costs least. */
const readBytes = 128 * 2 ** 10;
/** A slow connection writes sooner, so that a killed process loses a moment and not a batch. */
const batchMs = 250;
/** So many batches of one connection wait for the disk; then the connection waits. */
const maxWaiting = 2;

/** What bytes come from. */
export interface Pausable {
  pause(): unknown;
  resume(): unknown;
  destroy(error: Error): unknown;
}

/** Memory for batches, used again by all connections of a download. */
export type Slabs = Buffer[];

/** Collects the bytes of one connection in its own memory and writes them, in order, while the next ones come. */
export class Batches {
  /** Behind the last byte that came. */
  receivedEnd: number;
  source: Pausable | undefined;
  #slab: Buffer | undefined;
  #filled = 0;
  #begunAt = 0;
  #waiting = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    start: number,
    private readonly slabs: Slabs,
    private readonly write: (bytes: Uint8Array, start: number) => Promise<void>,
    private readonly onPlaced: (end: number) => void,
  ) {
    this.receivedEnd = start;
  }

  /** Where the next bytes go; `filled` says how many came. */
  space(): Buffer {
    this.#slab ??= this.slabs.pop() ?? Buffer.allocUnsafeSlow(slabBytes);
    if (this.#filled === 0) this.#begunAt = performance.now();
    return this.#slab.subarray(this.#filled, this.#filled + readBytes);
  }

  filled(count: number): void {
    this.#filled += count;
    this.receivedEnd += count;
    if (this.#filled === slabBytes || performance.now() - this.#begunAt > batchMs) this.writeBatch();
  }

  /** Takes bytes that came in memory of somebody else. */
  take(piece: Buffer): void {
    for (let taken = 0; taken < piece.length;) {
      const count = piece.copy(this.space(), 0, taken);
      taken += count;
      this.filled(count);
    }
  }

  /**
   * Waits until everything is in place.
   *
   * @param keepRest Whether the batch that is being collected counts.
   * @throws what a write threw
   */
  async flush({ keepRest }: { readonly keepRest: boolean }): Promise<void> {
    if (keepRest && this.#filled > 0) this.writeBatch();
    await this.#writing;
    if (this.#slab !== undefined) this.slabs.push(this.#slab);
    this.#slab = undefined;
  }

  private writeBatch(): void {
    const slab = this.#slab;
    if (slab === undefined) return;
    const bytes = slab.subarray(0, this.#filled);
    const end = this.receivedEnd;
    this.#slab = undefined;
    this.#filled = 0;
    this.#waiting += 1;
    if (this.#waiting >= maxWaiting) this.source?.pause();
    this.#writing = this.#writing.then(async () => {
      await this.write(bytes, end - bytes.length);
      this.slabs.push(slab);
      this.onPlaced(end);
      this.#waiting -= 1;
      if (this.#waiting < maxWaiting) this.source?.resume();
    });
    // A full disk ends the connection; `flush` tells why.
    this.#writing.catch((error: unknown) => this.source?.destroy(error as Error));
  }
}
