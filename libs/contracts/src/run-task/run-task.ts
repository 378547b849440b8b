import { z } from 'zod';
import { trainSpecLimits as limits } from '../run-spec/train-spec-limits.js';

/** Share of a class's samples for which a unit has to be active to be kept, where nobody says otherwise. */
export const defaultTau = 0.9;

export const replaceStrategies = ['moda', 'cnnsplitter'] as const;

/** The thresholds of a sweep where nobody says otherwise: fine where modules change most. */
export const defaultSweepTaus: readonly number[] = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/** Sub-tasks that a sweep draws of every number of classes, where nobody says otherwise. */
export const defaultSubtasksPerSize = 3;

/** More thresholds than a chart can tell apart; each costs an evaluation of every sub-task. */
const maxSweepTaus = 40;
const maxSubtasksPerSize = 50;

/** How the calibration layer of a replacement is trained, where nobody says otherwise. */
export const replaceDefaults = { epochs: 5, learningRate: 0.05, batchSize: 128, seed: 42 } as const;

// The description of a field completes the sentence "… has to be …": complaints and help are made of it.

/** What each kind of run takes beside the spec of a training. Runs are named by their ids. */
export const runTaskSchemas = {
  /** Trains a network as its spec says. */
  train: z.strictObject({ kind: z.literal('train') }),
  /** Finds the module of every class in the model of a run. */
  decompose: z.strictObject({ kind: z.literal('decompose'), run: runId(), tau: tau() }),
  /** Makes a smaller network of some of its modules. */
  compose: z.strictObject({
    kind: z.literal('compose'),
    run: runId(),
    classes: z
      .array(className())
      .min(1)
      .max(limits.classes)
      .readonly()
      .describe(`a list of 1 to ${limits.classes} texts, the numbers or names of classes`),
    tau: tau(),
  }),
  /** Gives a weak model a module of a strong one for a class that it does badly. */
  replace: z.strictObject({
    kind: z.literal('replace'),
    weak: runId(),
    strong: runId(),
    /** Of the weak model. */
    class: className(),
    /** Of the strong one; the class of the same label in the data set when absent. */
    strongClass: className().optional(),
    strategy: z
      .enum(replaceStrategies)
      .describe(replaceStrategies.join(' or '))
      .default(replaceStrategies[0]),
    tau: tau(),
  }),
  /** Measures what the modules of a model weigh and what can be made of them at several thresholds. */
  sweepTau: z.strictObject({
    kind: z.literal('sweepTau'),
    run: runId(),
    taus: z
      .array(threshold())
      .min(1)
      .max(maxSweepTaus)
      .refine((taus) => new Set(taus).size === taus.length)
      .readonly()
      .describe(`a list of 1 to ${maxSweepTaus} different numbers from 0 to 1`)
      .default(defaultSweepTaus),
    subtasksPerSize: z
      .int()
      .min(1)
      .max(maxSubtasksPerSize)
      .describe(`a whole number from 1 to ${maxSubtasksPerSize}`)
      .default(defaultSubtasksPerSize),
  }),
} as const;

export type RunTaskKind = keyof typeof runTaskSchemas;

/** What a run does: training, or one of the steps that make something new of trained models. */
export type RunTask = {
  [Kind in RunTaskKind]: Readonly<z.output<(typeof runTaskSchemas)[Kind]>>;
}[RunTaskKind];

/** A task as it is asked for: what has a default may be absent. */
export type RunTaskInput = {
  [Kind in RunTaskKind]: Readonly<z.input<(typeof runTaskSchemas)[Kind]>>;
}[RunTaskKind];

/** What a run does where nothing is said. */
export const trainTask = { kind: 'train' } as const satisfies RunTask;

function runId() {
  return z
    .string()
    .max(limits.className)
    .regex(/^[\w-]+$/, 'is no id of a run')
    .describe('the id of a run');
}

function className() {
  return z
    .string()
    .max(limits.className)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'holds characters that cannot be printed')
    .describe('a text with the number or name of a class, such as "3"');
}

function tau() {
  return threshold().default(defaultTau);
}

function threshold() {
  return z.number().min(0).max(1).describe('a number from 0 to 1');
}
