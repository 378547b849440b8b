import type { ReportedBody } from '../../runs/run-event.js';
import { type JournalEnd, parseJournalLine } from '../../worker/journal-body.js';

export interface JournalLines {
  readonly bodies: readonly ReportedBody[];
  /** The last word, and the byte it begins at. Nothing behind it was read. */
  readonly end: { readonly body: JournalEnd; readonly start: number } | undefined;
  /** Lines that are none of a journal; they are passed over. */
  readonly damaged: number;
}

const newline = 0x0a;

export function readJournalLines(bytes: Uint8Array): JournalLines {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodies: ReportedBody[] = [];
  let damaged = 0;
  for (
    let start = 0, at = text.indexOf(newline);
    at >= 0;
    start = at + 1, at = text.indexOf(newline, start)
  ) {
    const body = parseJournalLine(text.toString('utf8', start, at));
    if (body?.kind === 'end') return { bodies, end: { body, start }, damaged };
    if (body) bodies.push(body);
    else damaged += 1;
  }
  return { bodies, end: undefined, damaged };
}
