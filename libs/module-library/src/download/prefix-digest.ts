import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Reads a growing file as far as it is told to, and hashes. As a text, because a thread needs a file of JavaScript, which this program
 * is not when it runs from its sources.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const { openSync, readSync, closeSync } = require('node:fs');
const file = openSync(workerData.path, 'r');
const hash = createHash('sha256');
const piece = Buffer.allocUnsafe(1 << 20);
let at = 0;
parentPort.on('message', (end) => {
  while (at < end) {
    const count = readSync(file, piece, 0, Math.min(piece.length, end - at), at);
    if (count === 0) throw new Error('The file ended early.');
    hash.update(piece.subarray(0, count));
    at += count;
  }
  if (at < workerData.sizeBytes) return;
  closeSync(file);
  parentPort.postMessage(hash.digest('hex'));
  parentPort.close();
});
`;

/** A thread is woken for so much. */
const strideBytes = 4 * 2 ** 20;

/** The digest of a file that is being written, computed beside the writing, from what is on disk. */
export class PrefixDigest {
  readonly #worker: Worker;
  readonly #result: Promise<string>;
  #told = 0;

  constructor(
    path: string,
    private readonly sizeBytes: number,
  ) {
    this.#worker = new Worker(program, { eval: true, workerData: { path, sizeBytes } });
    this.#result = this.answer();
    // Looked at when the digest is asked for.
    this.#result.catch(() => undefined);
  }

  /** So many bytes from the first on are in place. */
  advance(end: number): void {
    if (end < Math.min(this.#told + strideBytes, this.sizeBytes)) return;
    this.#told = end;
    this.#worker.postMessage(end);
  }

  /** The digest, once all bytes are in place. */
  async result(): Promise<string> {
    return this.#result;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  private async answer(): Promise<string> {
    const [hex] = (await once(this.#worker, 'message')) as [string];
    return `sha256:${hex}`;
  }
}
