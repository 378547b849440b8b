import { defineCommand } from '../../command.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { out } from '../../options/shared.js';
import { drawTable } from '../../output/draw-table.js';
import { column, type Table } from '../../output/table.js';
import { transferProgress } from '../../registry/use-registry.js';
import { findRun } from '../../runs/find-run.js';
import { runId } from '../../runs/order-options.js';
import { pullArtifacts, type PulledFile } from '../../runs/pull-artifacts.js';

interface PulledRun {
  readonly runId: string;
  readonly folder: string;
  readonly files: readonly PulledFile[];
}

export const runsPull = defineCommand({
  path: ['runs', 'pull'],
  summary: 'get the files that came of a run',
  details:
    'Gets the model of a run, and what else came of it, into a folder that every other command takes with --model. Each file is checked ' +
    'by its digest; a transfer that was cut goes on where it stopped.',
  examples: ['moda runs pull latest --out models/digits'],
  options: { id: runId, out, gateway },
  run: async ({ id, out: folder, gateway }, session): Promise<PulledRun> => {
    const client = await useGateway(session, gateway);
    const library = await session.library();
    const runId = await findRun(client, id);
    const files = await pullArtifacts({
      ...{ client, library, id: runId, folder },
      signal: session.context.signal,
      onProgress: transferProgress(session, 'download'),
    });
    return { runId, folder, files };
  },
  show: (result) => `${drawTable(files(result))}\n\nRun ${result.runId} is in ${result.folder}.`,
  tables: { files },
});

function files({ files }: PulledRun): Table {
  return {
    columns: [
      column('path', 'text', 'file'),
      column('sizeBytes', 'count', 'bytes'),
      column('transferredBytes', 'count', 'bytes received'),
      column('digest', 'text'),
    ],
    rows: files.map(({ path, sizeBytes, transferredBytes, digest }) => [
      path,
      sizeBytes,
      transferredBytes,
      digest,
    ]),
  };
}
