import { defineCommand } from '../command.js';
import { drawFacts, fact } from '../output/facts.js';
import { openKeys } from '../registry/use-registry.js';

export const keysNew = defineCommand({
  path: ['keys', 'new'],
  summary: 'make a signing key',
  details: 'Makes the key with which packages are signed here. A key that is there is never replaced.',
  examples: ['moda keys new'],
  options: {},
  run: async (_options, session) => {
    const { createKey } = await session.library();
    const keyring = await openKeys(session);
    const { keyId, publicKey } = await createKey(keyring);
    return { keyId, publicKey, file: keyring.signingKeyFile };
  },
  show: ({ keyId, publicKey, file }) =>
    drawFacts([fact('key', keyId), fact('public key', publicKey), fact('kept in', file)]),
});
