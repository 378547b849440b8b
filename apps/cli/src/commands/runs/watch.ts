import { defineCommand } from '../../command.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { optionalInteger } from '../../options/kinds.js';
import { drawWatched } from '../../runs/draw-runs.js';
import { findRun } from '../../runs/find-run.js';
import { runId } from '../../runs/order-options.js';
import { detachNote, exitCodeOfWatched, watchRun } from '../../runs/watch-run.js';

export const runsWatch = defineCommand({
  path: ['runs', 'watch'],
  summary: 'show how a run gets on until it is over',
  details:
    'Shows a run live on standard error, and what came of it on standard output. A connection that breaks is opened again where it ' +
    'stopped: nothing is missed and nothing is told twice. Ctrl-C leaves the run alone. Exit code 0 where it succeeded, 1 where it ' +
    'did not, 130 where you left.',
  examples: ['moda runs watch latest', 'moda runs watch 3f2a --after 120'],
  options: {
    id: runId,
    after: optionalInteger(
      { min: 0 },
      { describe: 'go on after this event, as a detached watch told; what is new when left out' },
    ),
    gateway,
  },
  run: async ({ id, after, gateway }, session) => {
    const client = await useGateway(session, gateway);
    return watchRun(session, client, await findRun(client, id), after);
  },
  show: drawWatched,
  exitCode: exitCodeOfWatched,
  interruptNote: detachNote,
});
