import { z } from 'zod';
import { isJson } from './json.js';
import { isLicenseExpression } from './license.js';

/** The version of `module.json` that this program writes and the newest that it reads. */
export const manifestFormatVersion = 1;

/** Longest name of a model, class or device: they appear in tables and file names. */
const maxNameLength = 200;

/** ImageNet has 1,000 classes, its full version 21,841; more is not a classifier that this program could cut. */
export const maxClasses = 65_536;

const name = z.string().min(1).max(maxNameLength);
export const classIndex = z
  .int()
  .min(0)
  .max(maxClasses - 1);
/** What `z.json` takes; checked in one walk, since that looks at each value in six ways. */
type JsonValue = z.infer<ReturnType<typeof z.json>>;
const isJsonValue = (value: unknown): value is JsonValue => isJson(value);
const json = z.custom<JsonValue>(isJsonValue, { message: 'is not JSON' });

/** Values by name, all of one kind; the first that is not is named, however many there are. */
function byName<T>(isValue: (value: unknown) => value is T, kind: string) {
  return z
    .custom<Record<string, T>>(isObject, { message: 'is not an object' })
    .superRefine((values, context) => {
      const wrong = Object.entries(values).find(([, value]) => !isValue(value));
      if (wrong) context.addIssue({ code: 'custom', path: [wrong[0]], message: `is not ${kind}` });
    });
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const share = z.number().min(0).max(1);

export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'is not of the form sha256:<64 hexadecimal digits>');

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
  .catchall(json);

/** A model that this one was cut, composed or repaired from. */
const source = z.strictObject({
  /** What it gave: the `base` of a module or composition, the `weak` model or the `strong` module of a repair. */
  role: z.enum(['base', 'weak', 'strong']),
  name: name.optional(),
  digest: digest.optional(),
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
  /** Under what terms it may be used: an SPDX identifier or expression. */
  license: z
    .string()
    .refine(isLicenseExpression, {
      message: 'is not an SPDX licence such as Apache-2.0 or (MIT OR Apache-2.0)',
    })
    .optional(),
  /** The network as data, or the name of a built-in one; checked by the library that builds networks. */
  architecture: json.refine((value) => value !== null, { message: 'is null' }),
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
  metrics: byName(isNumber, 'a finite number').optional(),
  derivedFrom: z.array(source).min(1).optional(),
  /** Where it was trained, in words. */
  device: name.optional(),
  createdBy: z.strictObject({ version: name }),
  /** RFC 3339, UTC. */
  createdAt: z.iso.datetime().optional(),
  /** Anything else that a program wants to keep with the model. */
  extra: byName(isJsonValue, 'JSON').optional(),
});

/** The content of `module.json`. */
export type ModelManifest = z.infer<typeof modelManifestSchema>;

export type ModelClass = ModelManifest['classes'][number];
export type ModelSource = NonNullable<ModelManifest['derivedFrom']>[number];
