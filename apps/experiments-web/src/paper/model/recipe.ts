/** How the paper trained, as the fields of a run's spec that decide its numbers; the seed is not among them. */
export interface Recipe {
  readonly arch: string;
  readonly dataset: string;
  readonly method: 'standard' | 'moda';
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Only of `moda`. */
  readonly alpha?: number;
  readonly beta?: number;
  readonly gamma?: number;
  readonly classes?: readonly string[];
  readonly augment?: boolean;
  readonly trainLimit?: number;
  readonly maxSteps?: number;
}

/** What the paper calls a method; `moda-` is MODA without compactness. */
export type PaperMethod = 'standard' | 'mwt' | 'moda' | 'moda-';

const architectures: Readonly<Record<string, string>> = {
  VGG16: 'vgg16',
  ResNet18: 'resnet18',
  MobileNet: 'mobilenet',
};
const datasets: Readonly<Record<string, string>> = { SVHN: 'svhn', CIFAR10: 'cifar10', CIFAR100: 'cifar100' };

/** Data sets of the paper that a run can name. */
export const paperDatasets: readonly string[] = Object.values(datasets);

const base = { epochs: 200, batchSize: 128, learningRate: 0.05 } as const;

/** The recipe of a cell of the paper, or the sentence that says why it cannot be run. */
export function recipeOf(model: string, data: string, method: PaperMethod): Recipe | string {
  if (method === 'mwt') return 'MwT is not built yet.';
  const arch = architectures[model];
  const dataset = datasets[data];
  if (arch === undefined) return `${model} is not built yet.`;
  if (dataset === undefined) return `${data} is not built yet as a data set of its own.`;
  if (method === 'standard') return { arch, dataset, method, ...base };
  return { arch, dataset, method: 'moda', ...base, alpha: 1, beta: 1, gamma: method === 'moda' ? 0.3 : 0 };
}

/** What a spec has where nobody says otherwise, of the fields that a recipe leaves out. */
const plain: Readonly<Record<string, unknown>> = {
  classes: undefined,
  init: undefined,
  maxSteps: undefined,
  trainLimit: undefined,
  shuffle: true,
  augment: true,
};
const lossWeights: readonly string[] = ['alpha', 'beta', 'gamma'];

/** Whether a run was trained by exactly this recipe, whatever its seed, the place of its data and the number of its checkpoints. */
export function isTrainedBy(recipe: Recipe, spec: Readonly<Record<string, unknown>>): boolean {
  const asked: Readonly<Record<string, unknown>> = { ...plain, ...recipe };
  return Object.entries(asked).every(
    ([field, value]) =>
      (recipe.method === 'standard' && lossWeights.includes(field)) || isSame(spec[field], value),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
