import type { RunStore } from '../../runs/run-store.js';
import { isSilence } from '../decide/decide.js';

/** More states and checkpoints than any run has. */
const maxEvents = 10_000;

/** How often in a row a run has lost its pod without a new checkpoint in between. A preemption is nobody's fault, and a silence no loss. */
export async function interruptionsOf(store: Pick<RunStore, 'events'>, id: string): Promise<number> {
  let inARow = 0;
  for (const { body } of await store.events(id, 0, maxEvents, ['state', 'checkpoint'])) {
    if (body.kind === 'checkpoint') inARow = 0;
    else if (body.kind === 'state' && body.to === 'interrupted' && !isSilence(body.reason)) inARow += 1;
  }
  return inARow;
}
