import { randomUUID } from 'node:crypto';
import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { flag, optionalText, usage } from '../../options/kinds.js';
import { trainSpecOf, trainSpecOptions } from '../../options/train-spec.js';
import { drawFacts, fact } from '../../output/facts.js';
import { type DryRun, submitDocument } from '../../runs/documents/submit-runs.js';
import { withLocalPaths } from '../../runs/local-paths.js';
import { experiment, key, name, priority, tag, watch } from '../../runs/order-options.js';
import { afterSubmission, drawSubmitted, exitCodeOfSubmitted, type Submitted } from '../../runs/submitted.js';
import { detachNote } from '../../runs/watch-run.js';

export const runsSubmit = defineCommand({
  path: ['runs', 'submit'],
  summary: 'have a network trained by the training service',
  details:
    'Submits a run to the training service, which trains it in a process of its own and goes on with it whatever happens to this ' +
    'terminal. The options are those of moda train. With --watch the command ends with the run: exit code 0 where it succeeded, 1 ' +
    'where it did not; Ctrl-C leaves the run alone (130).',
  examples: [
    'moda runs submit --arch lenet5 --epochs 10 --experiment digits --watch',
    'moda runs submit --arch vgg16 --dataset cifar10 --data-dir data/cifar10 --priority 5 --key vgg-night',
  ],
  options: {
    ...trainSpecOptions,
    experiment,
    name,
    notes: optionalText({ describe: 'what it is for, in a few words', placeholder: 'text' }),
    priority,
    tag,
    key,
    dryRun: flag({ describe: 'check it and say what it would take; submit nothing' }),
    watch,
    gateway,
  },
  run: async (options, session): Promise<Submitted | DryRun> => {
    const { experiment, name, notes, priority, tag, key, dryRun, watch, gateway, ...fields } = options;
    if (dryRun && watch) throw usage('--dry-run submits nothing, so that there is nothing for --watch');
    const checked = trainSpecOf(fields);
    const client = await useGateway(session, gateway);
    const spec = withLocalPaths(checked, client.address, session.machine.folder);
    const order = { experiment, name, notes, priority, tags: tag, idempotencyKey: key ?? randomUUID() };
    const answer = answerOf(
      (await client.ask(submitDocument, { input: { ...order, spec, dryRun } })).submitRun,
    );
    if (answer.__typename === 'DryRun') return answer;
    return afterSubmission(session, client, answer, watch);
  },
  show: (result) => ('estimate' in result ? drawDryRun(result) : drawSubmitted(result)),
  exitCode: (result) => ('estimate' in result ? 0 : exitCodeOfSubmitted(result)),
  interruptNote: detachNote,
});

const bytesPerMebibyte = 2 ** 20;

function drawDryRun({ command, estimate }: DryRun): string {
  if (estimate.__typename === 'Problem')
    return drawFacts([fact('run', command), fact('estimate', estimate.message)]);
  return drawFacts([
    fact('run', command),
    fact('device', estimate.device),
    fact('steps', estimate.steps, 'count'),
    fact('time in all', estimate.seconds, 'seconds'),
    fact('peak memory, MiB', Math.ceil(estimate.peakBytes / bytesPerMebibyte), 'count'),
  ]);
}
