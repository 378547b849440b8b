import { z } from 'zod';
import { parseTrainSpec } from './parse-train-spec.js';
import { checkSpec, specInvalid } from './spec-issues.js';
import { type TrainSpec, trainSpecSchema } from './train-spec.js';

/** Runs of one sweep at most: a person compares no more, and a slip of the hand should not fill the queue. */
export const maxSweepRuns = 1000;

const shape = trainSpecSchema.shape;

/** Lists of values by field: a sweep is all combinations. */
export const sweepGridSchema = z.strictObject({
  arch: listOf(shape.arch),
  learningRate: listOf(shape.learningRate.unwrap()),
  alpha: listOf(shape.alpha.unwrap()),
  beta: listOf(shape.beta.unwrap()),
  gamma: listOf(shape.gamma.unwrap()),
  seed: listOf(shape.seed.unwrap()),
});

export type SweepGrid = Readonly<z.output<typeof sweepGridSchema>>;

/**
 * The runs of a sweep: `base` with every combination of the values of `grid`, whose last field changes fastest.
 *
 * @throws ModaError SPEC_INVALID for a wrong base or grid, for a value that is given twice, and for more than 1,000 runs
 */
export function sweepSpecs(base: unknown, grid: unknown): readonly TrainSpec[] {
  const checked = checkSpec(grid, sweepGridSchema, 'A sweep');
  const lists = Object.entries(checked).map(([field, values]) => ({ field, values }));
  const repeated = lists.find(({ values }) => new Set<unknown>(values).size < values.length);
  if (repeated) {
    const message = `${repeated.field} has a value twice; give each once.`;
    throw specInvalid([{ path: repeated.field, message }]);
  }
  const runs = lists.reduce((product, { values }) => product * values.length, 1);
  if (runs > maxSweepRuns) {
    const message = `A sweep of ${runs} runs is more than the ${maxSweepRuns} allowed; give fewer values.`;
    throw specInvalid([{ path: '', message }]);
  }
  const first = [{ ...baseWithFirst(base, lists) }];
  return lists
    .reduce<object[]>(
      (specs, { field, values }) =>
        specs.flatMap((spec) => values.map((value) => ({ ...spec, [field]: value }))),
      first,
    )
    .map(parseTrainSpec);
}

/** The base may lack what the grid gives, e.g. its architecture. */
function baseWithFirst(
  base: unknown,
  lists: readonly { readonly field: string; readonly values: readonly unknown[] }[],
): TrainSpec {
  if (typeof base !== 'object' || base === null || Array.isArray(base)) return parseTrainSpec(base);
  return parseTrainSpec({
    ...base,
    ...Object.fromEntries(lists.map(({ field, values }) => [field, values[0]])),
  });
}

function listOf<T extends z.ZodType>(value: T) {
  return z.array(value).min(1).max(maxSweepRuns).describe(`a list of 1 to ${maxSweepRuns} values`).optional();
}
