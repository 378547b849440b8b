import type { CutJob, CutOutcome } from './cut-job.js';

/**
 * Bytes of a cut for one reader: from the running cut as long as the reader keeps up with it, then from where it was stored, or, where
 * storing failed, from a cut of the reader's own. The last byte of the file comes when the cut is stored, so that whoever has it all can
 * ask for its digest.
 *
 * @param begin the running cut, or a new one; asked for when the reader asks for the first piece
 */
export async function* readCut(
  range: { readonly start: number; readonly end: number; readonly sizeBytes: number },
  begin: () => CutJob,
  restOf: (outcome: CutOutcome, rest: { start: number; end: number }) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { end, sizeBytes } = range;
  let at = range.start;
  const job = begin();
  const follower = job.follow(at, end);
  if (follower)
    try {
      for await (const piece of follower) {
        at += piece.length;
        if (at === sizeBytes) await job.settled;
        yield piece;
        if (at === end) return;
      }
    } finally {
      job.leave(follower);
    }
  yield* restOf(await job.settled, { start: at, end });
}
