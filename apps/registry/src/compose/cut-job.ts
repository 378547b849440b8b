import type { CompositionRecord } from '../catalogue/catalogue.js';
import { Follower } from './follower.js';

export type CutOutcome =
  | { readonly kind: 'stored'; readonly composition: CompositionRecord }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * One cut on its way into the store, and whoever reads along. The store sets the pace: a reader that is slow, or leaves, changes
 * nothing for it, so that a cut that was begun is finished.
 */
export class CutJob {
  /** Never rejects. */
  readonly settled: Promise<CutOutcome>;
  readonly #followers = new Set<Follower>();
  #position = 0;

  /**
   * @param pieces of the weights, each to keep
   * @param store takes all pieces in, and everything else that belongs to a stored composition
   */
  constructor(
    pieces: AsyncIterable<Uint8Array>,
    store: (content: AsyncIterable<Uint8Array>) => Promise<CompositionRecord>,
  ) {
    this.settled = this.#run(pieces, store);
  }

  /** Somebody who reads along from `start`; nobody where the cut is past that. */
  follow(start: number, end: number): Follower | undefined {
    if (this.#position > start) return undefined;
    const follower = new Follower(start, end);
    this.#followers.add(follower);
    return follower;
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
    follower.stop();
  }

  async #run(
    pieces: AsyncIterable<Uint8Array>,
    store: (content: AsyncIterable<Uint8Array>) => Promise<CompositionRecord>,
  ): Promise<CutOutcome> {
    try {
      return { kind: 'stored', composition: await store(this.#shared(pieces)) };
    } catch (error) {
      return { kind: 'failed', error };
    } finally {
      // Also where the store gave up before the last piece.
      this.#position = Infinity;
      for (const follower of this.#followers) this.leave(follower);
    }
  }

  async *#shared(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      for (const follower of this.#followers) follower.offer(piece, this.#position);
      this.#position += piece.length;
      yield piece;
    }
    this.#position = Infinity;
    for (const follower of this.#followers) this.leave(follower);
  }
}
