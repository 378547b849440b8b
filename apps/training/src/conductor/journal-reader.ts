import type { ReportedBody } from '../runs/run-event.js';
import type { JournalEnd } from '../worker/journal-body.js';
import { readLines, wholeLines } from '../worker/whole-lines.js';

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

/**
 * Reads a worker's journal from a byte on, about a megabyte at most. A line that is not whole yet is left for the next time; where there is
 * nothing new `next` is `offset`.
 */
export async function readJournal(path: string, offset: number): Promise<JournalPart> {
  const bodies: ReportedBody[] = [];
  let damagedLines = 0;
  let read = 0;
  for (const { body, start, next } of wholeLines(await readLines(path, offset))) {
    if (body?.kind === 'end')
      return {
        bodies,
        from: offset,
        next: offset + start,
        end: { body, next: offset + next },
        damagedLines,
      };
    if (body) bodies.push(body);
    else damagedLines += 1;
    read = next;
  }
  return { bodies, from: offset, next: offset + read, damagedLines };
}
