import { parseTrainSpec, trainCommandLine } from '@moda/contracts';
import type { Measured } from './measured';
import type { PaperRuns } from './paper-runs';
import type { PaperCell, PaperColumn, PaperOrder, PaperRow, PaperTable } from './paper-table';
import {
  composedRows,
  lossRows,
  moduleRows,
  type ModuleQuote,
  replacementRows,
  tauRows,
  trainingRows,
} from './quoted';
import { type PaperMethod, type Recipe, recipeOf } from './recipe';
import { strongRecipe, weakRecipe } from './repair-recipes';

/** Every table of the paper, with our numbers where runs of ours match a cell. */
export function paperTables(runs: PaperRuns): PaperTable[] {
  return [
    trainingTable(runs),
    moduleTable(runs),
    tauTable(runs),
    lossTable(runs),
    composedTable(runs),
    replacementTable(runs),
  ];
}

const secondsPerHour = 3600;

function trainingTable(runs: PaperRuns): PaperTable {
  const methods = ['standard', 'mwt', 'moda'] as const;
  const names = { standard: 'Standard', mwt: 'MwT', moda: 'MODA' } as const;
  return {
    id: 'training',
    title: 'Accuracy and training time',
    note: 'Test accuracy, and hours of training: the paper’s on a V100, for ImageNet100 on a GH200; ours on the device named in the cell.',
    nameColumns: ['Model', 'Data'],
    columns: [
      ...methods.map((method): PaperColumn => ({
        key: `accuracy-${method}`,
        header: `${names[method]} accuracy`,
        form: 'accuracy',
      })),
      ...methods.map((method): PaperColumn => ({
        key: `hours-${method}`,
        header: `${names[method]} time`,
        unit: 'h',
        form: 'hours',
      })),
      { key: 'ratio', header: 'MODA / standard', unit: 'time', form: 'ratio' },
    ],
    rows: trainingRows.map(({ model, data, accuracy, hours }): PaperRow => {
      const recipes = {
        standard: recipeOf(model, data, 'standard'),
        mwt: recipeOf(model, data, 'mwt'),
        moda: recipeOf(model, data, 'moda'),
      };
      const time = (method: 'standard' | 'mwt' | 'moda') =>
        cell(hours[method], recipes[method], (recipe) =>
          runs.ofTrainings(recipe, ({ seconds }) => (seconds === null ? null : seconds / secondsPerHour)),
        );
      const cells = [
        ...methods.map(
          (method) =>
            [
              `accuracy-${method}`,
              cell(accuracy[method], recipes[method], (recipe) =>
                runs.ofTrainings(recipe, (run) => run.accuracy),
              ),
            ] as const,
        ),
        ...methods.map((method) => [`hours-${method}`, time(method)] as const),
        ['ratio', ratio(time('moda'), time('standard'))] as const,
      ];
      return {
        key: `${model} ${data}`,
        names: [model, data],
        cells: Object.fromEntries(cells),
        orders: methods.flatMap((method) => orderOf(names[method], recipes[method])),
      };
    }),
  };
}

/** Of two times; ours only where both were taken on one and the same device. */
function ratio(moda: PaperCell, standard: PaperCell): PaperCell {
  const quoted = moda.quoted / standard.quoted;
  const [ours, base] = [moda.measured, standard.measured];
  const devices = new Set([...(ours?.devices ?? []), ...(base?.devices ?? [])]);
  if (ours && base && devices.size === 1)
    return {
      quoted,
      measured: {
        ...ours,
        mean: ours.mean / base.mean,
        deviation: undefined,
        count: Math.min(ours.count, base.count),
        runIds: [...ours.runIds, ...base.runIds],
      },
    };
  return { quoted, ...(moda.notBuilt !== undefined && { notBuilt: moda.notBuilt }) };
}

function moduleTable(runs: PaperRuns): PaperTable {
  const variants = [
    { key: 'moda', header: 'MODA', method: 'moda' },
    { key: 'without', header: 'MODA⁻', method: 'moda-' },
  ] as const;
  return {
    id: 'modules',
    title: 'Modules at tau 0.9',
    note: 'Mean over sub-tasks of the accuracy of composed networks; mean module size; mean overlap of two modules as a share of the model. MODA⁻ is without compactness. Ours from sweeps over tau: sub-tasks are sampled, and overlap counts trainable parameters, where the authors count running statistics too.',
    then: 'When it is done, measure accuracy at tau 0.9 on the modules page of the run.',
    nameColumns: ['Model', 'Data'],
    columns: variants.flatMap(({ key, header }): PaperColumn[] => [
      { key: `${key}-accuracy`, header: `${header} reuse accuracy`, form: 'accuracy' },
      { key: `${key}-share`, header: `${header} size`, form: 'share' },
      { key: `${key}-overlap`, header: `${header} overlap`, form: 'share' },
    ]),
    rows: moduleRows.map(({ model, data, moda, withoutCompactness }): PaperRow => {
      const cellsOf = (key: string, quote: ModuleQuote, method: PaperMethod) => {
        const recipe = recipeOf(model, data, method);
        return [
          [
            `${key}-accuracy`,
            cell(quote.reuseAccuracy, recipe, (one) => runs.ofSweeps(one, 0.9, (row) => row.accuracy)),
          ],
          [
            `${key}-share`,
            cell(quote.share, recipe, (one) => runs.ofSweeps(one, 0.9, (row) => row.meanShare)),
          ],
          [
            `${key}-overlap`,
            cell(quote.overlap, recipe, (one) => runs.ofSweeps(one, 0.9, (row) => row.meanOverlap)),
          ],
        ] as const;
      };
      return {
        key: `${model} ${data}`,
        names: [model, data],
        cells: Object.fromEntries([
          ...cellsOf('moda', moda, 'moda'),
          ...cellsOf('without', withoutCompactness, 'moda-'),
        ]),
        orders: variants.flatMap(({ header, method }) => orderOf(header, recipeOf(model, data, method))),
      };
    }),
  };
}

const vgg16OnCifar10 = recipeOf('VGG16', 'CIFAR10', 'moda');
const vgg16Orders: readonly PaperOrder[] = orderOf('MODA', vgg16OnCifar10);

function tauTable(runs: PaperRuns): PaperTable {
  return {
    id: 'tau',
    title: 'Threshold, VGG16 on CIFAR10',
    note: 'Reuse accuracy and mean module size at five thresholds. Ours from sweeps over tau.',
    then: 'When it is done, measure accuracy at these thresholds on the modules page of the run.',
    nameColumns: ['tau'],
    columns: [
      { key: 'accuracy', header: 'Reuse accuracy', form: 'accuracy' },
      { key: 'share', header: 'Module size', form: 'share' },
    ],
    rows: tauRows.map(({ tau, reuseAccuracy, share }) => ({
      key: String(tau),
      names: [String(tau)],
      cells: {
        accuracy: cell(reuseAccuracy, vgg16OnCifar10, (recipe) =>
          runs.ofSweeps(recipe, tau, (row) => row.accuracy),
        ),
        share: cell(share, vgg16OnCifar10, (recipe) => runs.ofSweeps(recipe, tau, (row) => row.meanShare)),
      },
      orders: vgg16Orders,
    })),
  };
}

function lossTable(runs: PaperRuns): PaperTable {
  return {
    id: 'losses',
    title: 'Losses at the end, VGG16 on CIFAR10',
    note: 'Mean over the batches of the last epoch.',
    nameColumns: ['Loss'],
    columns: [{ key: 'value', header: 'Value', form: 'number' }],
    rows: lossRows.map(({ loss, value }) => ({
      key: loss,
      names: [loss],
      cells: {
        value: cell(value, vgg16OnCifar10, (recipe) => runs.ofLastEpochs(recipe, (epoch) => epoch[loss])),
      },
      orders: vgg16Orders,
    })),
  };
}

function composedTable(runs: PaperRuns): PaperTable {
  return {
    id: 'composed',
    title: 'Composed networks, VGG16 on CIFAR10',
    note: 'Parameters of a composed network as a share of the whole model. The paper puts GradSplitter and INCITE at 100 to 600 %, MwT at 55 to 97 %.',
    then: 'When it is done, compose so many of its classes: npx moda runs compose <run> --classes 0,1.',
    nameColumns: ['Classes'],
    columns: [{ key: 'share', header: 'Size', form: 'share' }],
    rows: composedRows.map(({ classes, share }) => ({
      key: String(classes),
      names: [String(classes)],
      cells: { share: cell(share, vgg16OnCifar10, (recipe) => runs.ofCompositions(recipe, classes)) },
      orders: vgg16Orders,
    })),
  };
}

function replacementTable(runs: PaperRuns): PaperTable {
  const weaks = [
    { key: 'overfitted', header: 'Overfitted', epochs: 195 },
    { key: 'underfitted', header: 'Underfitted', epochs: 10 },
  ] as const;
  const sides = ['target', 'others'] as const;
  return {
    id: 'replacement',
    title: 'Replacement, LeNet5 with a module of VGG16, CIFAR10',
    note: 'Change of the accuracy of the replaced class and of the mean of the others, in percentage points. The weak model knows classes 5 to 9 and one of 0 to 4, on a tenth of the training images; it is taken at epoch 195 (overfitted) or 10 (underfitted). CNNSplitter on the same: −8.2 to +10.',
    then: 'When the strong and a weak model are done, repair the class on the page Repair.',
    nameColumns: ['Class'],
    columns: weaks.flatMap(({ key, header }) =>
      sides.map((side): PaperColumn => ({
        key: `${key}-${side}`,
        header: `${header}, ${side === 'target' ? 'class' : 'others'}`,
        unit: 'points',
        form: 'points',
      })),
    ),
    rows: replacementRows.map((row) => ({
      key: row.className,
      names: [row.className],
      cells: Object.fromEntries(
        weaks.flatMap(({ key, epochs }) =>
          sides.map((side) => [
            `${key}-${side}`,
            cell(row[key][side], weakRecipe(row.className, epochs), (weak) =>
              runs.ofRepairs(
                { weak, strong: strongRecipe, className: row.className },
                ({ before, after }) => {
                  const [was, is] = [before[side], after[side]];
                  return was === null || is === null ? undefined : is - was;
                },
              ),
            ),
          ]),
        ),
      ),
      orders: [
        ...orderOf('Strong VGG16 on classes 0 to 4', strongRecipe),
        ...orderOf(`Weak LeNet5 with ${row.className}, 195 epochs`, weakRecipe(row.className, 195)),
        ...orderOf(`Weak LeNet5 with ${row.className}, 10 epochs`, weakRecipe(row.className, 10)),
      ],
    })),
  };
}

function cell(
  quoted: number,
  recipe: Recipe | string,
  measure: (recipe: Recipe) => Measured | undefined,
): PaperCell {
  if (typeof recipe === 'string') return { quoted, notBuilt: recipe };
  const measured = measure(recipe);
  return { quoted, ...(measured && { measured }) };
}

function orderOf(label: string, recipe: Recipe | string): PaperOrder[] {
  if (typeof recipe === 'string') return [];
  const spec = parseTrainSpec(recipe);
  const command = trainCommandLine(spec).replace(/^moda train/, 'npx moda runs submit');
  return [{ label, spec: { ...recipe }, command: `${command} --experiment paper` }];
}
