import { z } from 'zod';
import { replaceStrategies, type RunTaskKind } from '../run-task/run-task.js';

// What `Run.result` of the training service holds, by the kind of the run. Fields may be added later: what is not known here is left out.
// Shares and accuracies are in 0..1; lists by class have one entry a class in the order of the model's outputs.

const count = z.int().nonnegative();
const matrix = z.array(z.array(count).readonly()).readonly();

/** How a model does on the test images. */
const evaluation = z.object({
  accuracy: z.number(),
  /** Mean cross-entropy. */
  loss: z.number(),
  /** Test images. */
  count,
  /** Accuracy is null for a class without test images. */
  perClass: z
    .array(z.object({ class: count, name: z.string(), accuracy: z.number().nullable(), count }))
    .readonly(),
  /** `[true class][predicted class]`, test images. */
  confusion: matrix,
});

const cutFacts = {
  /** Trainable values, and those of the whole model. */
  parameters: count,
  share: z.number(),
  /** Multiply-adds for one image. */
  flops: count,
  flopsShare: z.number(),
};

const evaluated = { evaluation: evaluation.optional() };

/** Right and wrong answers to the same test images of two models: the four counts of a paired comparison. */
const pairedCounts = z.object({ bothRight: count, onlyBefore: count, onlyAfter: count, bothWrong: count });

const repairedSide = z.object({
  target: z.number().nullable(),
  /** Mean over the other classes. */
  others: z.number().nullable(),
  perClass: z.array(z.object({ class: count, name: z.string(), accuracy: z.number().nullable() })).readonly(),
  /** `[true class][predicted class]`, test images. Absent in results of earlier versions. */
  confusion: matrix.optional(),
});

/** One for each kind of run. */
export const runResultSchemas = {
  train: z.object({
    metrics: z.record(z.string(), z.number()),
    /** One entry an epoch, from 1. */
    history: z
      .array(
        z.object({
          epoch: count,
          seconds: z.number(),
          learningRate: z.number(),
          /** Means over the batches of the epoch; terms that were not part of the loss are absent. */
          crossEntropy: z.number(),
          total: z.number(),
          affinity: z.number().optional(),
          dispersion: z.number().optional(),
          compactness: z.number().optional(),
          /** See `epochMetrics`. */
          accuracy: z.number(),
          moduleShare: z.number().optional(),
          moduleOverlap: z.number().optional(),
          perClass: z.array(z.number().nullable()).readonly().optional(),
        }),
      )
      .readonly()
      .optional(),
    ...evaluated,
  }),
  decompose: z.object({
    tau: z.number(),
    /** Tracked layers in forward order. */
    layers: z.array(z.object({ name: z.string(), units: count })).readonly(),
    modules: z
      .array(
        z.object({
          class: count,
          name: z.string(),
          /** Kept units by layer, ascending. */
          kept: z.array(z.array(count).readonly()).readonly(),
          ...cutFacts,
          /** Where too few units reached tau and the most frequent ones were taken instead. */
          floorHits: z
            .array(z.object({ class: count, layer: z.string(), reached: count, taken: count }))
            .readonly(),
        }),
      )
      .readonly(),
    ratesMeasured: z.boolean(),
    ...evaluated,
  }),
  compose: z.object({
    classes: z.array(z.object({ class: count, name: z.string() })).readonly(),
    tau: z.number(),
    ...cutFacts,
    ...evaluated,
  }),
  replace: z.object({
    strategy: z.enum(replaceStrategies),
    /** The repaired class. */
    class: count,
    name: z.string(),
    before: repairedSide,
    after: repairedSide,
    /** Test images of the repaired class, and of all others together. Absent in results of earlier versions. */
    paired: z.object({ target: pairedCounts, others: pairedCounts }).optional(),
    /** What the repaired model has more than the weak one: trainable values, and multiply-adds for one image. */
    addedParameters: z.int(),
    addedFlops: z.int(),
    ...evaluated,
  }),
  sweepTau: z.object({
    /** In the order in which the thresholds were asked for. */
    rows: z
      .array(
        z.object({
          tau: z.number(),
          /** Means over modules, of the whole model. */
          meanShare: z.number(),
          meanFlopsShare: z.number(),
          /** Mean over pairs of modules of the parameters that both have, of the whole model. */
          meanOverlap: z.number(),
          /** Of networks composed for the sub-tasks, mean. */
          accuracy: z.number(),
          /** Classes and layers in which too few units reached tau. */
          floorHits: count,
        }),
      )
      .readonly(),
    /** Class indices of each sub-task that accuracy is the mean over. */
    subtasks: matrix,
    seed: count,
    ...evaluated,
  }),
} as const satisfies Readonly<Record<RunTaskKind, z.ZodType>>;

/** What a run of a kind came to. */
export type RunResult<Kind extends RunTaskKind> = z.output<(typeof runResultSchemas)[Kind]>;
export type RunEvaluation = z.output<typeof evaluation>;
export type PairedCounts = z.output<typeof pairedCounts>;
