/** A training run as data: what the command line, a service or a test asks for. */
export interface TrainOptions {
  /** A built-in architecture, or a path that ends in `.json`. */
  readonly arch: string;
  readonly dataset: string;
  readonly dataDir?: string | undefined;
  readonly method: 'moda' | 'standard';
  /** Folder of the model, and of its checkpoints while it is trained. */
  readonly out: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Weights of affinity, dispersion and compactness; without meaning for `standard`. */
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** 0 .. 2^32-1: initial weights, order and augmentation follow from it. */
  readonly seed: number;
  readonly classes?: readonly string[] | undefined;
  /** Go on from the folder's checkpoint; from the start where there is none. */
  readonly resume: boolean;
  /** Epochs between checkpoints. */
  readonly checkpointEvery: number;
  /** Initial weights from a safetensors file instead of the seed. */
  readonly init?: string | undefined;
  readonly initLayout: 'pytorch' | 'native';
  readonly shuffle: boolean;
  readonly augment: boolean;
  readonly maxSteps?: number | undefined;
  readonly trainLimit?: number | undefined;
}

/** The paper's recipe (arXiv 2411.01074), on the data that comes with the program. */
export const trainDefaults = {
  dataset: 'digits',
  method: 'moda',
  epochs: 200,
  batchSize: 128,
  learningRate: 0.05,
  alpha: 1,
  beta: 1,
  gamma: 0.3,
  seed: 42,
  resume: false,
  checkpointEvery: 1,
  initLayout: 'pytorch',
  shuffle: true,
  augment: true,
} as const satisfies Partial<TrainOptions>;

/** SGD's momentum in every run of the method. */
export const momentum = 0.9;

/** The options that decide about the result, as one canonical line: two runs are the same run if these agree. */
export function identityOf(options: TrainOptions): string {
  const {
    out: _out,
    resume: _resume,
    checkpointEvery: _every,
    dataDir: _dataDir,
    maxSteps: _max,
    ...rest
  } = options;
  return JSON.stringify(Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))));
}
