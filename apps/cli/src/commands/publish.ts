import { defineCommand } from '../command.js';
import { flag, optionalText, requiredText } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';
import { registry } from '../registry/registry-options.js';
import { transferProgress, useRegistry } from '../registry/use-registry.js';

export const publish = defineCommand({
  path: ['publish'],
  summary: 'publish a model folder in a registry',
  details:
    'Signs a model and sends it to a registry, where it, its modules and all their compositions can be found and pulled. ' +
    'Files that are there already are not sent again; a publication that was cut is finished by the same command.',
  examples: ['moda publish models/digits ada/digits@1.0.0 --license Apache-2.0 --alias champion'],
  options: {
    model: requiredText({ describe: 'folder of the model', placeholder: 'model folder' }, 'positional'),
    release: requiredText(
      {
        describe: 'what it will be called: owner/model@version',
        placeholder: 'release such as ada/digits@1.0.0',
      },
      'positional',
    ),
    license: optionalText({
      describe: 'SPDX identifier of the licence, written into the folder; needed where it has none',
      placeholder: 'licence such as Apache-2.0',
    }),
    description: optionalText({ describe: 'what it is, in a few words', placeholder: 'text' }),
    alias: optionalText({ describe: 'a name for this version that can be moved later', placeholder: 'name' }),
    unsigned: flag({ describe: 'do not sign it' }),
    registry,
  },
  run: async (options, session) => {
    const { library, client, keyring } = await useRegistry(session, options.registry);
    const signing = options.unsigned ? undefined : await library.withSigningKey(keyring);
    return library.publishFolder({
      client,
      folder: options.model,
      reference: options.release,
      license: options.license,
      description: options.description,
      alias: options.alias,
      signingKey: signing?.signingKey,
      onProgress: transferProgress(session, 'upload'),
      signal: session.context.signal,
    });
  },
  show: ({ reference, digest, created, license, signedBy, alias, uploadedBytes, sizeBytes }) =>
    drawFacts([
      fact('published', created ? reference : `${reference} (was there already)`),
      fact('digest', digest),
      fact('licence', license),
      fact('signed by', signedBy ?? 'nobody'),
      ...(alias === undefined ? [] : [fact('alias', alias)]),
      fact('bytes', sizeBytes, 'count'),
      fact('bytes sent', uploadedBytes, 'count'),
    ]),
});
