import { parseJournalLine } from '../worker/journal-body.js';
import { type Answer, invalid } from './answering.js';
import { newsQuestion, type Order } from './pod-messages.js';
import { attemptOf, placeOf } from './query.js';

const orders: Readonly<Record<'heard' | 'stop' | 'lost', Order>> = {
  heard: 'go',
  stop: 'stop',
  lost: 'lost',
};

/** Signs of life; the answer says what the pod is to do. */
export const hearNews: Answer = async ({ ears }, { id }, request, response) => {
  const question = newsQuestion.safeParse(request.body);
  if (!question.success)
    throw invalid('News of a pod are of the kind "started" or "beat" and carry the token of its attempt.');
  const { token, kind, device } = question.data;
  const news = kind === 'beat' ? { kind } : { kind, ...(device !== undefined && { device }) };
  response.set('cache-control', 'no-store').json({ order: orders[await ears.hear(id, token, news)] });
};

const newline = 0x0a;

/** Whole lines of the journal of a pod's worker, for a place of the run's journal. */
export const takeJournal: Answer = async ({ ears, archive, logger }, { id }, request, response) => {
  const lines = request.body as unknown;
  if (!(lines instanceof Uint8Array) || lines.at(-1) !== newline)
    throw invalid('A part of a journal is made of whole lines; send it up to the end of one.');
  const outcome = await ears.journal(id, attemptOf(request), placeOf(request), lines);
  if (outcome.kind === 'stored' && endsIn(lines))
    // The log is complete; where it cannot be closed now it is as readable as before.
    await archive.settle(id, 'worker.log').catch((error: unknown) => {
      logger.warn({ err: error, runId: id }, 'The log of a run that has ended stays open.');
    });
  response.set('cache-control', 'no-store').json(outcome);
};

function endsIn(lines: Uint8Array): boolean {
  const start = lines.lastIndexOf(newline, -2) + 1;
  return parseJournalLine(Buffer.from(lines.subarray(start, -1)).toString())?.kind === 'end';
}
