import { open } from 'node:fs/promises';
import type { ReportedBody } from '../runs/run-event.js';
import { type JournalEnd, parseJournalLine } from '../worker/journal-body.js';

/** What whole lines from some place on say. */
export interface JournalPart {
  readonly bodies: readonly ReportedBody[];
  /** Where it began. */
  readonly from: number;
  /** Where to go on: behind the last line of `bodies`, and before `end` where there is one. */
  readonly next: number;
  /** The worker's last word, and the place behind it. Nothing behind it was read. */
  readonly end?: { readonly body: JournalEnd; readonly next: number };
  /** Lines that are none of a journal; they are passed over. */
  readonly damagedLines: number;
}

const newline = 0x0a;
const partBytes = 1_048_576;

/**
 * Reads a worker's journal from a byte on, about a megabyte at most. A line that is not whole yet is left for the next time; where there is
 * nothing new `next` is `offset`.
 */
export async function readJournal(path: string, offset: number): Promise<JournalPart> {
  const bytes = await readWholeLines(path, offset);
  const bodies: ReportedBody[] = [];
  let damagedLines = 0;
  let start = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, start)) {
    const body = parseJournalLine(bytes.toString('utf8', start, at));
    if (body?.kind === 'end')
      return {
        bodies,
        from: offset,
        next: offset + start,
        end: { body, next: offset + at + 1 },
        damagedLines,
      };
    if (body) bodies.push(body);
    else damagedLines += 1;
    start = at + 1;
  }
  return { bodies, from: offset, next: offset + start, damagedLines };
}

/** At least one line where there is one, however long it is. */
async function readWholeLines(path: string, offset: number): Promise<Buffer> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const { size } = await file.stat();
    for (let length = partBytes; ; length *= 2) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
      const bytes = buffer.subarray(0, bytesRead);
      if (bytes.includes(newline) || offset + length >= size) return bytes;
    }
  } finally {
    await file.close();
  }
}
