import { z } from 'zod';
import type { Operator } from './architecture.js';
import { MAX_CHANNELS, MAX_EXTENT, MAX_NAME_LENGTH, MAX_OPERATORS, MAX_TOTAL_CHANNELS } from './limits.js';

const name = z.string().min(1).max(MAX_NAME_LENGTH);
const extent = z.int().min(1).max(MAX_EXTENT);
const padding = z.int().min(0).max(MAX_EXTENT).default(0);
const channels = z.union(
  [
    z.int().min(1).max(MAX_CHANNELS),
    z.strictObject({
      // A sum of flattened maps has as many channels as a flattened map.
      of: z.int().min(1).max(MAX_TOTAL_CHANNELS),
      kept: z.array(z.int().min(0)).min(1).max(MAX_TOTAL_CHANNELS),
    }),
  ],
  { error: `expected a whole number of 1 to ${MAX_CHANNELS}, or { of, kept } with the channels present` },
);

const base = { name, inputs: z.array(name).min(1).max(MAX_OPERATORS).optional() };

/** The JSON of each operator, with its defaults. */
export const operatorForms = {
  conv: z.strictObject({
    op: z.literal('conv'),
    ...base,
    channels,
    size: extent,
    stride: extent.default(1),
    padding,
    bias: z.boolean().default(true),
  }),
  depthwise: z.strictObject({
    op: z.literal('depthwise'),
    ...base,
    channels: channels.optional(),
    size: extent,
    stride: extent.default(1),
    padding,
    bias: z.boolean().default(true),
  }),
  batchNorm: z.strictObject({
    op: z.literal('batchNorm'),
    ...base,
    epsilon: z.number().positive().default(1e-5),
  }),
  relu: z.strictObject({ op: z.literal('relu'), ...base, tracked: z.boolean().default(true) }),
  maxPool: z.strictObject({ op: z.literal('maxPool'), ...base, size: extent, stride: extent.optional() }),
  add: z.strictObject({ op: z.literal('add'), ...base, channels: channels.optional() }),
  globalPool: z.strictObject({ op: z.literal('globalPool'), ...base }),
  flatten: z.strictObject({ op: z.literal('flatten'), ...base }),
  dense: z.strictObject({ op: z.literal('dense'), ...base, channels, bias: z.boolean().default(true) }),
  concat: z.strictObject({ op: z.literal('concat'), ...base }),
  softmax: z.strictObject({ op: z.literal('softmax'), ...base }),
} satisfies Record<Operator['op'], z.ZodType>;

export const operatorNames = Object.keys(operatorForms);

type Forms = { [Op in keyof typeof operatorForms]: z.infer<(typeof operatorForms)[Op]> };
/** One operator as JSON has it, after the defaults that need no other operator. */
export type OperatorForm = Forms[keyof Forms];

/** The document, its operators not looked at yet. */
export const architectureForm = z.strictObject({
  name,
  input: z.strictObject({ height: extent, width: extent, channels: extent }),
  operators: z.array(z.unknown()).min(1).max(MAX_OPERATORS),
});
