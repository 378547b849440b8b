import { z } from 'zod';

/** The version of `module.json` that this program writes and the newest that it reads. */
export const manifestFormatVersion = 1;

/** Longest name of a model, class or device: they appear in tables and file names. */
const maxNameLength = 200;

/** ImageNet has 1,000 classes, its full version 21,841; more is not a classifier that this program could cut. */
const maxClasses = 65_536;

const name = z.string().min(1).max(maxNameLength);
const classIndex = z
  .int()
  .min(0)
  .max(maxClasses - 1);
const share = z.number().min(0).max(1);

const modelClass = z.strictObject({
  /** Position of the class among the model's outputs. */
  index: classIndex,
  name,
  /** Label of the class in the full data set. */
  sourceLabel: classIndex,
});

const normalisation = z
  .strictObject({ mean: z.array(z.number()).min(1), std: z.array(z.number().positive()).min(1) })
  .refine(({ mean, std }) => mean.length === std.length, {
    message: 'mean and std differ in length',
    path: ['std'],
  });

/** What the model was trained on. */
const dataset = z.strictObject({
  name,
  /** `(pixel / 255 - mean) / std`, per channel: what the model expects of its input. */
  normalisation,
  /** How training and test images were told apart, in words. */
  split: z.string().optional(),
  /** Source labels that were used; all when absent. */
  classes: z.array(classIndex).min(1).optional(),
  trainSamples: z.int().min(0).optional(),
  testSamples: z.int().min(0).optional(),
});

/** How it was trained; further settings are kept as they are. */
const training = z
  .object({
    method: name,
    epochs: z.int().min(0).optional(),
    batchSize: z.int().min(1).optional(),
    learningRate: z.number().min(0).optional(),
    alpha: z.number().optional(),
    beta: z.number().optional(),
    gamma: z.number().optional(),
    seed: z.int().min(0).optional(),
  })
  .catchall(z.json());

/** A model that this one was cut, composed or repaired from. */
const source = z.strictObject({
  /** What it gave: the `base` of a module or composition, the `weak` model or the `strong` module of a repair. */
  role: z.enum(['base', 'weak', 'strong']),
  name: name.optional(),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'is not of the form sha256:<64 hexadecimal digits>')
    .optional(),
  /** Share of a class's samples for which a unit must be active to be kept. */
  tau: share.optional(),
  /** Class indices of the source that were used. */
  classes: z.array(classIndex).min(1).optional(),
});

export const modelManifestSchema = z.strictObject({
  formatVersion: z.literal(manifestFormatVersion),
  /** `model`: trained whole; `module`: cut for one class; `composition`: of several classes; `repaired`: with a module in place. */
  kind: z.enum(['model', 'module', 'composition', 'repaired']),
  name: name.optional(),
  /** The network as data, or the name of a built-in one; checked by the library that builds networks. */
  architecture: z.json().refine((value) => value !== null, { message: 'is null' }),
  classes: z
    .array(modelClass)
    .min(1)
    .max(maxClasses)
    .refine((classes) => classes.every(({ index }, position) => index === position), {
      message: 'are not numbered 0, 1, 2, … in order',
    }),
  dataset: dataset.optional(),
  training: training.optional(),
  /** Measured numbers by name; shares are 0..1. */
  metrics: z.record(z.string(), z.number()).optional(),
  derivedFrom: z.array(source).min(1).optional(),
  /** Where it was trained, in words. */
  device: name.optional(),
  createdBy: z.strictObject({ version: name }),
  /** RFC 3339, UTC. */
  createdAt: z.iso.datetime().optional(),
  /** Anything else that a program wants to keep with the model. */
  extra: z.record(z.string(), z.json()).optional(),
});

/** The content of `module.json`. */
export type ModelManifest = z.infer<typeof modelManifestSchema>;

export type ModelClass = ModelManifest['classes'][number];
export type ModelSource = NonNullable<ModelManifest['derivedFrom']>[number];
