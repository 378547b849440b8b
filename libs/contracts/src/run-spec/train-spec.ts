import { z } from 'zod';
import { trainDefaults } from './train-defaults.js';
import { trainSpecLimits as limits } from './train-spec-limits.js';

/** No control characters, and nothing that is not text: names end up in paths, logs and command lines. */
const printable = /^[^\p{Cc}\p{Cs}]+$/u;
const unprintable = 'holds characters that cannot be printed';

// The description of a field completes the sentence "… has to be …": complaints and help are made of it.

/**
 * What one training run is: the same value for the command line, the service and the library. Where it is stored and whether
 * it goes on from a checkpoint are no part of it.
 */
export const trainSpecSchema = z.strictObject({
  /** A built-in architecture, or a path that ends in `.json`. */
  arch: text('the name of an architecture or the path of a .json file'),
  dataset: text('the name of a data set').default(trainDefaults.dataset),
  /** Folder with the official files of the data set; `digits` needs none. */
  dataDir: text('the path of a folder').optional(),
  method: oneOf('moda', 'standard').default(trainDefaults.method),
  epochs: wholeNumber(1, limits.epochs).default(trainDefaults.epochs),
  batchSize: wholeNumber(1, limits.batchSize).default(trainDefaults.batchSize),
  /** Of the first epoch; it falls to 0 over the run by a cosine. */
  learningRate: z.number().positive().describe('a number above 0').default(trainDefaults.learningRate),
  /** Weights of affinity, dispersion and compactness; without meaning for `standard`. */
  alpha: weight().default(trainDefaults.alpha),
  beta: weight().default(trainDefaults.beta),
  gamma: weight().default(trainDefaults.gamma),
  /** Initial weights, order and augmentation follow from it. */
  seed: wholeNumber(0, limits.seed).default(trainDefaults.seed),
  /** Classes by label in the full data set or by name; all when absent. */
  classes: z
    .array(className())
    .min(1)
    .max(limits.classes)
    .readonly()
    .describe(`a list of 1 to ${limits.classes} texts, the numbers or names of classes`)
    .optional(),
  /** Epochs between checkpoints. */
  checkpointEvery: wholeNumber(1, limits.epochs).default(trainDefaults.checkpointEvery),
  /** Initial weights from a safetensors file instead of the seed. */
  init: text('the path of a safetensors file').optional(),
  initLayout: oneOf('pytorch', 'native').default(trainDefaults.initLayout),
  shuffle: z.boolean().describe('true or false').default(trainDefaults.shuffle),
  augment: z.boolean().describe('true or false').default(trainDefaults.augment),
  /** Ends the run after so many steps in all. */
  maxSteps: wholeNumber(1, limits.maxSteps).optional(),
  /** Only the first so many training images. */
  trainLimit: wholeNumber(1, limits.trainLimit).optional(),
});

/** A whole, checked run. */
export type TrainSpec = Readonly<z.output<typeof trainSpecSchema>>;

/** A run as it is asked for: what has a default may be absent. */
export type TrainSpecInput = Readonly<z.input<typeof trainSpecSchema>>;

function wholeNumber(min: number, max: number) {
  return z.int().min(min).max(max).describe(`a whole number from ${min} to ${max}`);
}

function weight() {
  return z.number().min(0).describe('a number, 0 or more');
}

function oneOf<const C extends string>(...choices: readonly [C, C]) {
  return z.enum(choices).describe(choices.join(' or '));
}

function text(meaning: string) {
  return z.string().max(limits.text).regex(printable, unprintable).describe(meaning);
}

/** A command line separates classes by commas and blanks around them, so that a class has none. */
function className() {
  return z
    .string()
    .max(limits.className)
    .regex(printable, unprintable)
    .regex(/^[^,\s]([^,]*[^,\s])?$/u, 'holds a comma, or blanks around it')
    .describe('a text with the number or name of a class, such as "3"');
}
