import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { resumeDocument } from '../../runs/documents/submit-runs.js';
import { findRun } from '../../runs/find-run.js';
import { key, runId, watch } from '../../runs/order-options.js';
import { afterSubmission, drawSubmitted, exitCodeOfSubmitted } from '../../runs/submitted.js';
import { detachNote } from '../../runs/watch-run.js';

export const runsResume = defineCommand({
  path: ['runs', 'resume'],
  summary: 'go on with a run that was cancelled or has failed',
  details:
    'Goes on from the last checkpoint of a run that was cancelled or has failed, as a new run: to exactly the weights that it would have ' +
    'come to. Interrupted runs go on by themselves.',
  examples: ['moda runs resume 3f2a --watch'],
  options: { id: runId, key, watch, gateway },
  run: async ({ id, key, watch, gateway }, session) => {
    const client = await useGateway(session, gateway);
    const request = { id: await findRun(client, id), idempotencyKey: key };
    const answer = answerOf((await client.ask(resumeDocument, request)).resumeRun);
    return afterSubmission(session, client, answer, watch);
  },
  show: drawSubmitted,
  exitCode: exitCodeOfSubmitted,
  interruptNote: detachNote,
});
