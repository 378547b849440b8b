import { defineCommand } from '../command.js';
import { drawTable } from '../output/draw-table.js';
import { column, type Table } from '../output/table.js';
import { openKeys } from '../registry/use-registry.js';

interface Keys {
  readonly signingKeyFile: string;
  readonly trustedKeysFile: string;
  /** Undefined until a key was made. */
  readonly own: string | undefined;
  readonly trusted: readonly { readonly keyId: string; readonly name: string; readonly publicKey: string }[];
}

export const keysShow = defineCommand({
  path: ['keys', 'show'],
  summary: 'the own public key, and whose signatures count',
  details: 'Shows the public key with which packages are signed here, and the keys whose packages are taken.',
  examples: ['moda keys show'],
  options: {},
  run: async (_options, session): Promise<Keys> => {
    const { keyIdOf } = await import('@moda/module-format');
    const { signingKeyFile, trustedKeysFile, signingKey, trusted } = await openKeys(session);
    return {
      signingKeyFile,
      trustedKeysFile,
      own: signingKey?.keyId,
      trusted: trusted.map(({ publicKey, name = '' }) => ({ keyId: keyIdOf(publicKey), name, publicKey })),
    };
  },
  show: (keys) => {
    const own = keys.own
      ? `Packages are signed with ${keys.own}.`
      : 'There is no signing key yet; moda keys new makes one.';
    return keys.trusted.length === 0 ? own : `${own}\n\n${drawTable(table(keys))}`;
  },
  tables: { trusted: table },
});

function table({ trusted }: Keys): Table {
  return {
    columns: [
      column('keyId', 'text', 'key'),
      column('name', 'text'),
      column('publicKey', 'text', 'public key'),
    ],
    rows: trusted.map(({ keyId, name, publicKey }) => [keyId, name, publicKey]),
  };
}
