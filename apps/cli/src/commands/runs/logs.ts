import { isModaError } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { flag } from '../../options/kinds.js';
import { column } from '../../output/table.js';
import type { LoggedLine } from '../../runs/documents/run-events.js';
import { findRun } from '../../runs/find-run.js';
import { runId } from '../../runs/order-options.js';
import { readLog } from '../../runs/read-log.js';

interface Log {
  readonly runId: string;
  readonly lines: readonly {
    readonly sequence: number;
    readonly at: string;
    readonly attempt: number;
    readonly level: string;
    readonly text: string;
  }[];
}

export const runsLogs = defineCommand({
  path: ['runs', 'logs'],
  summary: 'print what the workers of a run wrote',
  details:
    'Prints the log of a run. With -f goes on with what is written from now on, until the run is over; a connection that breaks is ' +
    'opened again, and no line is missed or printed twice.',
  examples: ['moda runs logs latest -f'],
  options: {
    id: runId,
    follow: flag({ describe: 'go on until the run is over; Ctrl-C leaves it running', aliases: ['f'] }),
    gateway,
  },
  run: async ({ id, follow, gateway }, session): Promise<Log> => {
    const client = await useGateway(session, gateway);
    const { signal, onProgress } = session.context;
    const runId = await findRun(client, id);
    const onBroken = (): void =>
      onProgress({
        type: 'warning',
        message: `The connection to ${client.address} is gone; it is tried again until it is back.`,
      });
    const lines: LoggedLine[] = [];
    try {
      for await (const line of readLog({ client, id: runId, follow, signal, onBroken })) {
        session.print(textOf(line));
        if (session.output !== 'text') lines.push(line);
      }
    } catch (error) {
      // Who leaves a log has got what is there.
      if (!follow || !signal.aborted || !isModaError(error) || error.code !== 'INTERRUPTED') throw error;
    }
    return {
      runId,
      lines: lines.map(({ sequence, at, body: { attempt, level, text } }) => ({
        ...{ sequence, at, attempt, level, text },
      })),
    };
  },
  // Every line was printed when it came.
  show: () => '',
  tables: {
    lines: ({ lines }) => ({
      columns: [
        column('sequence', 'count'),
        column('at', 'text'),
        column('attempt', 'count'),
        column('level', 'text'),
        column('text', 'text'),
      ],
      rows: lines.map(({ sequence, at, attempt, level, text }) => [sequence, at, attempt, level, text]),
    }),
  },
  interruptNote: 'Leaving the log; the run goes on.',
});

function textOf({ at, body: { level, text } }: LoggedLine): string {
  return level === 'info' ? `${at}  ${text}` : `${at}  ${level.toUpperCase()}  ${text}`;
}
