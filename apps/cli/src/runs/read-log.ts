import { isTerminal, ModaError } from '@moda/contracts';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { logDocument, type LoggedLine } from './documents/run-events.js';
import { stateDocument } from './documents/show-run.js';
import { followEvents, type FollowOptions } from './follow-events.js';

export type LogOptions = Pick<FollowOptions, 'signal' | 'onBroken'> & {
  readonly client: GatewayClient;
  readonly id: string;
  /** Go on with what is written from now on, until the run is over. */
  readonly follow: boolean;
};

/**
 * The lines that workers wrote, in order.
 *
 * @throws ModaError RUN_UNKNOWN, and what `followEvents` throws
 */
export async function* readLog(options: LogOptions): AsyncGenerator<LoggedLine, void, undefined> {
  const { client, id, follow } = options;
  const { run } = await client.ask(stateDocument, { id });
  if (!run) throw new ModaError('RUN_UNKNOWN', `There is no run ${JSON.stringify(id)}.`);
  let after = 0;
  for (let hasMore = true; hasMore;) {
    const { runEvents: page } = await client.ask(logDocument, { id, after });
    yield* page.events;
    hasMore = page.hasMore && page.events.length > 0;
    after = page.endSequence;
  }
  if (!follow) return;
  // Everything up to here has been read, whatever its kind; what is behind is told as it comes.
  after = Math.max(after, run.lastSequence);
  if (isTerminal(run.state) && after >= run.lastSequence) return;
  for await (const { sequence, at, body } of followEvents({ ...options, after }))
    if (body.__typename === 'LogLine') yield { sequence, at, body };
}
