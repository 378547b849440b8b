import { defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { flag, optionalText, requiredText } from '../options/kinds.js';
import { drawTable } from '../output/draw-table.js';
import { column, type Table } from '../output/table.js';
import { registry } from '../registry/registry-options.js';
import type { FolderCheck } from '../registry/verify-folders.js';

export const verify = defineCommand({
  path: ['verify'],
  summary: 'check pulled folders: digests, signature, and the cut itself',
  details:
    'Computes every digest of a pulled folder, or of all that a lock file names, and checks the signature. With --recut a module ' +
    'is cut from its parent once more and has to come out byte for byte. Exit code 1 where anything differs.',
  examples: [
    'moda verify digits-3-5',
    'moda verify moda.lock',
    'moda verify digits-3-5 --recut --parent models/digits',
  ],
  options: {
    target: requiredText(
      { describe: 'a pulled folder, or a lock file', placeholder: 'folder or lock file' },
      'positional',
    ),
    recut: flag({ describe: 'cut modules and compositions from their parent again' }),
    parent: optionalText({
      describe: 'folder of the parent; pulled from the registry when left out',
      placeholder: 'model folder',
    }),
    allowUnsigned: flag({ describe: 'a package that nobody signed is fine' }),
    registry,
  },
  run: async (options, session) => {
    const { verifyFolders } = await import('../registry/verify-folders.js');
    const folders = await verifyFolders(options, session);
    return { ok: folders.every(({ ok }) => ok), folders };
  },
  show: (result) => {
    const { ok, folders } = result;
    const wrong = folders.flatMap(({ folder, problems }) =>
      problems.map((problem) => `${folder}: ${problem}`),
    );
    return [drawTable(table(result)), ...(ok ? [] : ['', ...wrong])].join('\n');
  },
  tables: { folders: table },
  exitCode: ({ ok }) => (ok ? exitCodes.done : exitCodes.failed),
});

function table({ folders }: { readonly folders: readonly FolderCheck[] }): Table {
  return {
    columns: [
      column('folder', 'text'),
      column('files', 'text'),
      column('signature', 'text'),
      column('recut', 'text', 'cut again'),
      column('digest', 'text'),
    ],
    rows: folders.map(({ folder, files, signature, recut, digest }) => [
      folder,
      files,
      signature,
      recut,
      digest,
    ]),
  };
}
