import { parseTrainSpec, type TrainSpec, trainDefaults as specDefaults } from '@moda/contracts';

/** A training run and where it goes: what the command line, a service or a test asks for. */
export interface TrainOptions extends TrainSpec {
  /** Folder of the model, and of its checkpoints while it is trained. */
  readonly out: string;
  /** Go on from the folder's checkpoint; from the start where there is none. */
  readonly resume: boolean;
}

/** The paper's recipe (arXiv 2411.01074), on the data that comes with the program. */
export const trainDefaults = { ...specDefaults, resume: false } as const satisfies Partial<TrainOptions>;

/**
 * The run of some options, checked.
 *
 * @throws ModaError SPEC_INVALID
 */
export function specOf({ out: _out, resume: _resume, ...spec }: TrainOptions): TrainSpec {
  return parseTrainSpec(spec);
}

/** SGD's momentum in every run of the method. */
export const momentum = 0.9;

/** The options that decide about the result, as one canonical line: two runs are the same run if these agree. */
export function identityOf(options: TrainSpec & Partial<TrainOptions>): string {
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
