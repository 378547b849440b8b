import { ModaError } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { requiredText } from '../../options/kinds.js';
import { drawFacts, fact } from '../../output/facts.js';
import { publishDocument } from '../../runs/documents/change-runs.js';
import { findRun } from '../../runs/find-run.js';
import { runId } from '../../runs/order-options.js';

export const runsPublish = defineCommand({
  path: ['runs', 'publish'],
  summary: 'publish the model of a run, with all its modules, in the registry',
  details:
    'Has the model of a run that succeeded signed by the training service and put into the registry, where it, its modules and all their ' +
    'compositions can be found (moda search) and pulled (moda pull). The version there names the run.',
  examples: ['moda runs publish latest --as ada/digits@1.0.0 --license Apache-2.0'],
  options: {
    id: runId,
    as: requiredText({
      describe: 'what it will be called: owner/model@version',
      placeholder: 'release such as ada/digits@1.0.0',
    }),
    license: requiredText({ describe: 'SPDX identifier', placeholder: 'licence such as Apache-2.0' }),
    gateway,
  },
  run: async ({ id, as, license, gateway }, session) => {
    const { parseReference } = await session.library();
    const { owner, model, classes, selector } = parseReference(as);
    if (classes.length > 0 || selector.kind !== 'version')
      throw new ModaError(
        'REFERENCE_INVALID',
        `${JSON.stringify(as)} names no release; give owner, model and version, as in ada/digits@1.0.0.`,
      );
    const client = await useGateway(session, gateway);
    const runId = await findRun(client, id);
    const input = { id: runId, owner, model, version: selector.version, license };
    const { reference, digest, created } = answerOf(
      (await client.ask(publishDocument, { input })).publishRun,
    );
    return { runId, reference, digest, created };
  },
  show: ({ runId, reference, digest, created }) =>
    drawFacts([
      fact('published', created ? reference : `${reference} (was there already)`),
      fact('digest', digest),
      fact('run', runId),
    ]),
});
