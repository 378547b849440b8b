import { readFileSync } from 'node:fs';

/** Small cases of what frameworks do differently, each with whole tensors in the PyTorch layout. */
export interface Conventions {
  /** Learning rates of a cosine schedule, stepped per epoch. */
  readonly schedule: {
    readonly base: number;
    readonly epochs: number;
    readonly rates: readonly { readonly epoch: number; readonly rate: number }[];
  };
  /** Training-mode batch norm of `input`, and the running statistics after it. Shape [batch, channel, height, width]. */
  readonly batchNorm: {
    readonly shape: readonly [number, number, number, number];
    readonly input: readonly number[];
    readonly weight: readonly number[];
    readonly bias: readonly number[];
    readonly runningMeanBefore: readonly number[];
    readonly runningVarBefore: readonly number[];
    readonly output: readonly number[];
    readonly runningMean: readonly number[];
    readonly runningVar: readonly number[];
  };
  /** A 3x3 convolution of stride 2 with padding 1 on every side, and a 1x1 one of stride 2 without padding. */
  readonly stridedConvolution: {
    readonly shape: readonly [number, number, number, number];
    readonly input: readonly number[];
    readonly kernelShape: readonly [number, number, number, number];
    readonly kernel: readonly number[];
    readonly output: readonly number[];
    readonly pointwiseShape: readonly [number, number, number, number];
    readonly pointwise: readonly number[];
    readonly pointwiseOutput: readonly number[];
  };
  /** Flattening a map of 2 rows and 3 columns, channels slowest, then a dense layer. */
  readonly flatten: {
    readonly shape: readonly [number, number, number, number];
    readonly input: readonly number[];
    readonly weightShape: readonly [number, number];
    readonly weight: readonly number[];
    readonly output: readonly number[];
  };
  readonly crossEntropy: {
    readonly logits: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly loss: number;
    readonly gradient: readonly (readonly number[])[];
  };
  /** Parameter values after each step with the gradients given. */
  readonly nesterov: {
    readonly learningRate: number;
    readonly momentum: number;
    readonly start: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly after: readonly (readonly number[])[];
  };
}

/** Reads `fixtures/conventions.json`. */
export function loadConventions(): Conventions {
  return JSON.parse(
    readFileSync(new URL('../fixtures/conventions.json', import.meta.url), 'utf8'),
  ) as Conventions;
}
