import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { JournalBody } from './journal-body.js';

const newline = 0x0a;
const chunkBytes = 65_536;

/**
 * The append-only record of a run: one JSON document a line. What was appended outlives a kill of the process at once, since nothing is
 * kept back in memory, and a loss of power after `sync`. Synchronous, because a checkpoint must not overtake the points before it.
 */
export class JournalFile {
  private constructor(private readonly descriptor: number) {}

  /** Opens or creates a journal, and cuts off the line that a killed writer left half written: nobody has read it. */
  static open(path: string): JournalFile {
    const descriptor = openSync(path, 'a+', 0o600);
    const { size } = fstatSync(descriptor);
    const whole = endOfLastLine(descriptor, size);
    if (whole < size) ftruncateSync(descriptor, whole);
    return new JournalFile(descriptor);
  }

  /** All of them by one write, so that a kill leaves all or none. */
  append(...bodies: readonly JournalBody[]): void {
    const bytes = Buffer.from(bodies.map((body) => `${JSON.stringify(body)}\n`).join(''));
    let written = 0;
    while (written < bytes.length) written += writeSync(this.descriptor, bytes, written);
  }

  /** Waits for the disk. */
  sync(): void {
    fsyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** The number of bytes up to the last line end. */
function endOfLastLine(descriptor: number, size: number): number {
  const chunk = Buffer.alloc(chunkBytes);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - chunkBytes);
    const length = readSync(descriptor, chunk, 0, end - start, start);
    const at = chunk.subarray(0, length).lastIndexOf(newline);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}
