import type { Session } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { drawRun, drawWatched } from './draw-runs.js';
import type { RunSummary } from './documents/run-fields.js';
import { exitCodeOfWatched, type Watched, watchRun } from './watch-run.js';

/** A run that is there now, and what was seen of it where somebody watched. */
export interface Submitted extends Partial<Pick<Watched, 'detached' | 'heard'>> {
  /** False where it was there before, by the same key. */
  readonly created: boolean;
  readonly run: RunSummary;
}

/** Watches a run that was just submitted, from its first event on, where that is wanted. */
export async function afterSubmission(
  session: Pick<Session, 'context'>,
  client: GatewayClient,
  { created, run }: Pick<Submitted, 'created' | 'run'>,
  watch: boolean,
): Promise<Submitted> {
  if (!watch) return { created, run };
  return { created, ...(await watchRun(session, client, run.id, created ? 0 : undefined)) };
}

export function drawSubmitted(submitted: Submitted): string {
  const { created, run } = submitted;
  const watched = watchedOf(submitted);
  if (watched) return drawWatched(watched);
  const again = created ? '' : '\nIt was there already, and nothing was submitted twice.';
  return `${drawRun(run)}${again}\n\nSee how it gets on with: moda runs watch ${run.id}`;
}

export function exitCodeOfSubmitted(submitted: Submitted): number {
  const watched = watchedOf(submitted);
  return watched ? exitCodeOfWatched(watched) : exitCodes.done;
}

function watchedOf({ run, detached, heard }: Submitted): Watched | undefined {
  return detached === undefined || heard === undefined ? undefined : { run, detached, heard };
}
