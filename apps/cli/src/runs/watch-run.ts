import { isModaError, isTerminal, ModaError } from '@moda/contracts';
import type { ProgressEvent } from '@moda/experiments';
import type { Session } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import type { RunEvent } from './documents/run-events.js';
import type { RunSummary } from './documents/run-fields.js';
import { stateDocument } from './documents/show-run.js';
import { plural } from './draw-runs.js';
import { followEvents } from './follow-events.js';

/** What was seen of a run until it was over, or the person left. */
export interface Watched {
  readonly run: RunSummary;
  /** The person left; the run goes on. */
  readonly detached: boolean;
  /** Sequence numbers: of the last event before, and of the last one that was heard. */
  readonly heard: { readonly after: number; readonly until: number; readonly events: number };
}

export const detachNote = 'Detaching; the run goes on.';

/**
 * Shows how a run gets on until it is over. Who leaves, leaves the run alone.
 *
 * @param after sequence of the last event that is known; only what is new where it is left out
 */
export async function watchRun(
  { context }: Pick<Session, 'context'>,
  client: GatewayClient,
  id: string,
  after?: number,
): Promise<Watched> {
  const { onProgress, signal } = context;
  let run = await runNow(client, id);
  const start = after ?? run.lastSequence;
  const view = viewOf(run, onProgress);
  let until = start;
  let events = 0;
  let detached = false;
  onProgress({ type: 'note', message: `${labelOf(run)}: ${run.state}. ${run.reason}` });
  try {
    if (!isTerminal(run.state) || run.lastSequence > start) {
      const onBroken = (): void =>
        onProgress({
          type: 'warning',
          message: `The connection to ${client.address} is gone; it is tried again until it is back.`,
        });
      for await (const event of followEvents({ client, id, after: start, signal, onBroken })) {
        until = event.sequence;
        events += 1;
        view(event);
      }
    }
    run = await runNow(client, id);
  } catch (error) {
    if (!signal.aborted || !isModaError(error) || error.code !== 'INTERRUPTED') throw error;
    detached = true;
  }
  return { run, detached, heard: { after: start, until, events } };
}

/** 0 where it succeeded, 1 where it did not; who left is told so by the signal. */
export function exitCodeOfWatched({ run, detached }: Watched): number {
  return run.state === 'succeeded' || detached ? exitCodes.done : exitCodes.failed;
}

async function runNow(client: GatewayClient, id: string): Promise<RunSummary> {
  const { run } = await client.ask(stateDocument, { id });
  if (run) return run;
  throw new ModaError('RUN_UNKNOWN', `There is no run ${JSON.stringify(id)} any more.`);
}

/** Makes of events what a terminal shows. */
function viewOf(run: RunSummary, onProgress: (event: ProgressEvent) => void): (event: RunEvent) => void {
  const label = labelOf(run);
  const { unit } = run.progress;
  let { done, total } = run.progress;
  let values: Record<string, number> = {};
  const show = (): void => {
    if (total > 0) onProgress({ type: 'task', label, done, total, unit: plural(unit || 'step'), values });
  };
  const note = (message: string): void => onProgress({ type: 'note', message: `${label}: ${message}` });
  show();
  return ({ body }) => {
    switch (body.__typename) {
      case 'StateChange':
        return note(`${body.to}. ${body.reason}`);
      case 'LogLine':
        return body.level === 'info' ? undefined : note(body.text);
      case 'MetricPoint':
        values = Object.fromEntries(
          body.values.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
        );
        return show();
      case 'ProgressMade':
        ({ done, total } = body);
        return show();
      case 'CheckpointWritten':
      case 'ArtifactWritten':
        return undefined;
    }
  };
}

function labelOf({ id, name }: RunSummary): string {
  return name ?? `run ${id.slice(0, 8)}`;
}
