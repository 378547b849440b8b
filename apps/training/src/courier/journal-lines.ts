import { open } from 'node:fs/promises';
import { type JournalBody, parseJournalLine } from '../worker/journal-body.js';

/** Whole lines of a journal, in front of those that have to wait. */
export interface JournalLines {
  readonly bytes: Uint8Array;
  readonly bodies: readonly JournalBody[];
  /** Which follows: files that were made, and the last word. Their files go first. */
  readonly waiting: 'nothing' | 'artifacts';
}

const newline = 0x0a;
const partBytes = 1_048_576;

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
  const read = await readFrom(path, offset);
  const bodies: JournalBody[] = [];
  let start = 0;
  for (let at = read.indexOf(newline); at >= 0; at = read.indexOf(newline, start)) {
    const body = parseJournalLine(read.toString('utf8', start, at));
    if (!withArtifacts && (body?.kind === 'artifact' || body?.kind === 'end'))
      return { bytes: read.subarray(0, start), bodies, waiting: 'artifacts' };
    if (body) bodies.push(body);
    start = at + 1;
  }
  return { bytes: read.subarray(0, start), bodies, waiting: 'nothing' };
}

/** At least one line where there is one, however long it is. */
async function readFrom(path: string, offset: number): Promise<Buffer> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return Buffer.alloc(0);
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
