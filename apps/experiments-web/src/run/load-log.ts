import type { GatewayClient } from '@moda/gateway-client';
import { RunLogDocument } from '../graphql/generated/operations';
import { type LogEntry, maxLines } from './heard';

/** The log of a run as it is by now; of a very long one the last 5,000 lines. */
export async function loadLog(
  gateway: GatewayClient,
  id: string,
  signal?: AbortSignal,
): Promise<readonly LogEntry[]> {
  let lines: readonly LogEntry[] = [];
  let after = 0;
  for (;;) {
    const { runEvents: page } = await gateway.ask(RunLogDocument, { id, after }, signal);
    if (page === null) return lines;
    const read = page.events.flatMap(({ sequence, at, body }) =>
      body.__typename === 'LogLine'
        ? [{ sequence, at, attempt: body.attempt, level: body.level, text: body.text }]
        : [],
    );
    lines = [...lines, ...read].slice(-maxLines);
    if (!page.hasMore) return lines;
    after = page.endSequence;
  }
}
