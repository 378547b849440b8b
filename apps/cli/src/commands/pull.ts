import { defineCommand } from '../command.js';
import { flag, optionalInteger, optionalText, textOr, usage } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';
import { optionalWord, registry, tauOfModules } from '../registry/registry-options.js';
import { cacheFolder, transferProgress, useRegistry } from '../registry/use-registry.js';

export const pull = defineCommand({
  path: ['pull'],
  summary: 'get a model, a module or a composition from a registry',
  details:
    'Gets a whole model, the module of one class or the composition of several, checks every byte and the signature, and writes ' +
    'down in a lock file what it was. Without a reference, gets everything that the lock file names, exactly as it was. ' +
    'What was cut off goes on where it stopped.',
  examples: [
    'moda pull ada/digits',
    'moda pull ada/digits/3,5@1.0.0 --tau 0.8 --out models/three-five',
    'moda pull --frozen',
  ],
  options: {
    reference: optionalWord({ describe: 'owner/model[/class,class][@version or alias]' }),
    tau: tauOfModules,
    out: optionalText({
      describe: 'folder for the result; named after model and classes when left out',
      placeholder: 'folder',
    }),
    lock: textOr('moda.lock', { describe: 'the lock file', placeholder: 'file' }),
    frozen: flag({ describe: 'take only what the lock file names, and leave it as it is' }),
    allowUnsigned: flag({ describe: 'take packages that nobody signed' }),
    connections: optionalInteger({ min: 1, max: 64 }, { describe: 'connections at a time; 4 when left out' }),
    registry,
  },
  run: async (options, session) => {
    const { reference, tau, out: folder, lock: lockFile, frozen, connections } = options;
    if (reference === undefined && (folder !== undefined || tau !== undefined))
      throw usage(
        `--${folder === undefined ? 'tau' : 'out'} needs a reference, as in owner/model/class@version`,
      );
    const { library, client, keyring } = await useRegistry(session, options.registry);
    const { context, machine } = session;
    const name = await library.clientName(machine.home);
    const { cardOfCut } = await import('../registry/card-of-cut.js');
    const pulled = await library.pullReference({
      ...{ client, reference, tau, folder, lockFile, frozen, connections },
      cache: new library.ContentCache(cacheFolder(session)),
      signatures: {
        trusted: keyring.trusted,
        allowUnsigned: options.allowUnsigned || keyring.allowUnsigned,
      },
      renderCard: cardOfCut,
      as: name === undefined ? undefined : { id: name, ci: machine.registry.ci },
      onProgress: transferProgress(session, 'download'),
      signal: context.signal,
    });
    for (const message of pulled.flatMap(({ warnings }) => warnings))
      context.onProgress({ type: 'warning', message });
    return { lock: lockFile, pulled };
  },
  show: ({ pulled }) =>
    pulled
      .map(({ resolved, digest, derivation, signature, folder, transferredBytes, upToDate }) =>
        drawFacts([
          fact('pulled', upToDate ? `${resolved} (was there already)` : resolved),
          fact('folder', folder),
          fact('digest', digest),
          ...(derivation ? [fact('tau', String(derivation.tau))] : []),
          fact('signed by', signerOf(signature)),
          fact('bytes received', transferredBytes, 'count'),
        ]),
      )
      .join('\n\n'),
});

function signerOf(signature: {
  readonly state: string;
  readonly keyId?: string;
  readonly name?: string;
}): string {
  if (signature.keyId === undefined) return 'nobody';
  return signature.name === undefined ? signature.keyId : `${signature.name} (${signature.keyId})`;
}
