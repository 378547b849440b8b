import type { RunFiles } from '../worker/run-files.js';
import type { ConductorContext } from './conductor-context.js';
import { countInterruption } from './interruptions.js';

export interface Interruption {
  /** One sentence. */
  readonly reason: string;
  /** It came by itself, and may come again. */
  readonly unexpected: boolean;
  /** There is a newer checkpoint than at the interruption before. */
  readonly hasProgressed: boolean;
}

/** What becomes of a run that was interrupted or preempted: it goes on, unless somebody has cancelled it or it never gets any further. */
export async function settleInterrupted(
  { onNews, resumesWithoutProgress, store }: ConductorContext,
  id: string,
  files: RunFiles,
  { hasProgressed, reason, unexpected }: Interruption,
): Promise<void> {
  const run = await store.run(id);
  if (run?.state !== 'interrupted' && run?.state !== 'preempted') return;
  if (run.cancelRequestedAt) {
    await store.move(id, run.state, 'cancelled', 'Cancelled; its worker is gone.');
  } else {
    const inARow = unexpected ? await countInterruption(files.interruptions, hasProgressed) : 0;
    if (inARow > resumesWithoutProgress) {
      const message = `It was interrupted ${inARow} times without getting to a new checkpoint. ${reason}`;
      await store.move(id, run.state, 'failed', message, { error: { code: 'WORKER_LOST', message } });
    } else {
      await store.move(id, run.state, 'queued', 'It goes on from its last checkpoint.');
    }
  }
  onNews(id);
}
