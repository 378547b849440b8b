import { defineCommand } from '../command.js';
import { optionalText, requiredText } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';
import { openKeys } from '../registry/use-registry.js';

export const keysTrust = defineCommand({
  path: ['keys', 'trust'],
  summary: 'take packages that a key has signed',
  details:
    'Adds a public key to those whose packages are taken. Get it from its owner, who sees it by moda keys show.',
  examples: ['moda keys trust ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= --name Ada'],
  options: {
    key: requiredText({ describe: 'the public key, ed25519:…', placeholder: 'public key' }, 'positional'),
    name: optionalText({ describe: 'whose it is', placeholder: 'name' }),
  },
  run: async ({ key: publicKey, name }, session) => {
    const { trustKey } = await session.library();
    const keyring = await openKeys(session);
    const { keyId } = await trustKey(keyring, { publicKey, ...(name === undefined ? {} : { name }) });
    return { keyId, file: keyring.trustedKeysFile };
  },
  show: ({ keyId, file }) => drawFacts([fact('trusted', keyId), fact('kept in', file)]),
});
