import { randomUUID } from 'node:crypto';
import { sweepSpecs, trainCommandLine, trainDefaults, trainSpecLimits as limits } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { flag, optionalNumbers, requiredList } from '../../options/kinds.js';
import { trainSpecOf, trainSpecOptions } from '../../options/train-spec.js';
import { drawTable } from '../../output/draw-table.js';
import { column, type Table } from '../../output/table.js';
import type { RunSummary } from '../../runs/documents/run-fields.js';
import { sweepDocument } from '../../runs/documents/submit-runs.js';
import { runsTable, shortened } from '../../runs/draw-runs.js';
import { withLocalPaths } from '../../runs/local-paths.js';
import { experiment, key, priority, tag } from '../../runs/order-options.js';

interface SweepResult {
  /** What would be trained, of a dry run. */
  readonly commands?: readonly string[];
  readonly runs: readonly RunSummary[];
}

const weights = (describe: string, alias: string) =>
  optionalNumbers({ min: 0 }, { describe, placeholder: 'list of weights', aliases: [alias] });

export const runsSweep = defineCommand({
  path: ['runs', 'sweep'],
  summary: 'submit a run for each combination of values',
  details:
    'Submits a run for each combination of the values given for architecture, learning rate, seed and the weights of the losses. The other ' +
    'options are those of moda train and hold for all of them.',
  examples: ['moda runs sweep --arch lenet5 --gamma 0.1,0.3,1 --seed 1,2,3 --epochs 10 --experiment gamma'],
  options: {
    ...trainSpecOptions,
    arch: requiredList({
      describe: 'architectures: vgg16,resnet18',
      placeholder: 'list of architectures',
      aliases: ['model'],
    }),
    learningRate: optionalNumbers(
      { min: 0, aboveMin: true },
      { describe: 'first learning rates', placeholder: 'list of rates', aliases: ['lr'] },
    ),
    alpha: weights('weights of the affinity loss', 'wf-affinity'),
    beta: weights('weights of the dispersion loss', 'wf-dispersion'),
    gamma: weights('weights of the compactness loss', 'wf-compactness'),
    seed: optionalNumbers({ min: 0, max: limits.seed }, { describe: 'seeds', placeholder: 'list of seeds' }),
    experiment,
    priority,
    tag,
    key,
    dryRun: flag({ describe: 'name the runs; submit nothing' }),
    gateway,
  },
  run: async (options, session): Promise<SweepResult> => {
    const { experiment, priority, tag, key, dryRun, gateway, ...fields } = options;
    const { arch, learningRate, alpha, beta, gamma, seed, ...rest } = fields;
    const [firstArch = ''] = arch;
    const base = trainSpecOf({ ...usual, ...rest, arch: firstArch });
    const lists = Object.entries({ arch, learningRate, alpha, beta, gamma, seed });
    const grid = Object.fromEntries(lists.filter(([, values]) => values !== undefined));
    const specs = sweepSpecs(base, grid);
    if (dryRun) return { commands: specs.map((spec) => trainCommandLine(spec)), runs: [] };
    const client = await useGateway(session, gateway);
    const { folder } = session.machine;
    const local = (name: string) => withLocalPaths({ arch: name }, client.address, folder).arch;
    const answer = await client.ask(sweepDocument, {
      input: {
        base: withLocalPaths(base, client.address, folder),
        grid: { ...grid, arch: arch.map(local) },
        ...{ experiment, priority, tags: tag, idempotencyKey: key ?? randomUUID() },
      },
    });
    return { runs: answerOf(answer.sweep).submissions.map(({ run }) => run) };
  },
  show: (result) =>
    result.commands === undefined
      ? `${drawTable(shortened(runsTable(result.runs)))}\n\nSee how they get on with: moda runs list`
      : result.commands.join('\n'),
  tables: { runs: (result) => (result.commands === undefined ? runsTable(result.runs) : commands(result)) },
});

/** What the lists of the grid stand for, where they are left out. */
const { learningRate, alpha, beta, gamma, seed } = trainDefaults;
const usual = { learningRate, alpha, beta, gamma, seed };

function commands({ commands = [] }: SweepResult): Table {
  return { columns: [column('command', 'text')], rows: commands.map((command) => [command]) };
}
