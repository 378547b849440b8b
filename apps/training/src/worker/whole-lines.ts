import { open } from 'node:fs/promises';
import { type JournalBody, parseJournalLine } from './journal-body.js';

/** A line of a journal. */
export interface JournalLine {
  /** Undefined where it is none of a journal. */
  readonly body: JournalBody | undefined;
  /** The byte it begins at, and the one behind it. */
  readonly start: number;
  readonly next: number;
}

const newline = 0x0a;
const partBytes = 1_048_576;

/** The lines of a journal that are whole. */
export function* wholeLines(bytes: Uint8Array): Generator<JournalLine, void, undefined> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, start)) {
    yield { body: parseJournalLine(text.toString('utf8', start, at)), start, next: at + 1 };
    start = at + 1;
  }
}

/**
 * Bytes of a journal from a place on, about a mebibyte, and more where a line is longer; a line that is not whole yet may stand at their
 * end. Empty where there is no file.
 */
export async function readLines(path: string, offset: number): Promise<Buffer> {
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
