import type { ReportedBody } from '../../runs/run-event.js';
import type { JournalEnd } from '../../worker/journal-body.js';
import { wholeLines } from '../../worker/whole-lines.js';

export interface JournalLines {
  readonly bodies: readonly ReportedBody[];
  /** The last word, and the byte it begins at. Nothing behind it was read. */
  readonly end: { readonly body: JournalEnd; readonly start: number } | undefined;
  /** Lines that are none of a journal; they are passed over. */
  readonly damaged: number;
}

export function readJournalLines(bytes: Uint8Array): JournalLines {
  const bodies: ReportedBody[] = [];
  let damaged = 0;
  for (const { body, start } of wholeLines(bytes)) {
    if (body?.kind === 'end') return { bodies, end: { body, start }, damaged };
    if (body) bodies.push(body);
    else damaged += 1;
  }
  return { bodies, end: undefined, damaged };
}
