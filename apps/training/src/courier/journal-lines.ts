import type { JournalBody } from '../worker/journal-body.js';
import { readLines, wholeLines } from '../worker/whole-lines.js';

/** Whole lines of a journal, in front of those that have to wait. */
export interface JournalLines {
  readonly bytes: Uint8Array;
  readonly bodies: readonly JournalBody[];
  /** Which follows: files that were made, and the last word. Their files go first. */
  readonly waiting: 'nothing' | 'artifacts';
}

/**
 * Reads whole lines from a byte on, about a mebibyte at most.
 *
 * @param withArtifacts whether lines that name files, and the last word, are read too
 */
export async function readJournalLines(
  path: string,
  offset: number,
  withArtifacts: boolean,
): Promise<JournalLines> {
  const read = await readLines(path, offset);
  const bodies: JournalBody[] = [];
  let end = 0;
  for (const { body, start, next } of wholeLines(read)) {
    if (!withArtifacts && (body?.kind === 'artifact' || body?.kind === 'end'))
      return { bytes: read.subarray(0, start), bodies, waiting: 'artifacts' };
    if (body) bodies.push(body);
    end = next;
  }
  return { bytes: read.subarray(0, end), bodies, waiting: 'nothing' };
}
