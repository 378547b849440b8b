/**
 * A network is data: named operators, each with explicit channel sets. Forward, backward, unit tracking, slicing, counting,
 * import and export all walk this one graph.
 */

/**
 * Which of a layer's `of` original channels are present, ascending. A whole network keeps all of them, a module a few. Two
 * operators that meet speak of the same original channels, so that sets can be intersected and united.
 */
export interface ChannelSet {
  readonly of: number;
  readonly kept: readonly number[];
}

interface OperatorBase {
  /** Unique in its architecture; parameters are named after it (`<name>/kernel`). */
  readonly name: string;
  /** Names of the operators whose outputs it takes; `input` is the image. */
  readonly inputs: readonly string[];
}

/** Convolution; kernel `[size, size, in, out]`, bias `[out]` if any. */
export interface Convolution extends OperatorBase {
  readonly op: 'conv';
  readonly channels: ChannelSet;
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
}

/**
 * Depthwise convolution; kernel `[size, size, channel, 1]`. Its channel set is its own: input channels it lacks are dropped,
 * channels its input lacks are zero.
 */
export interface DepthwiseConvolution extends OperatorBase {
  readonly op: 'depthwise';
  readonly channels: ChannelSet;
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
}

/** Batch normalisation; scale, offset, mean and variance `[channel]`. */
export interface BatchNorm extends OperatorBase {
  readonly op: 'batchNorm';
  readonly epsilon: number;
}

export interface Relu extends OperatorBase {
  readonly op: 'relu';
  /** Whether its units count as a layer of the method. True for every ReLU of the reference networks. */
  readonly tracked: boolean;
}

export interface MaxPool extends OperatorBase {
  readonly op: 'maxPool';
  readonly size: number;
  readonly stride: number;
}

/** Sum of two inputs over its own channel set: what an input lacks is zero, what the set lacks is dropped. */
export interface Add extends OperatorBase {
  readonly op: 'add';
  readonly channels: ChannelSet;
}

/** Mean over positions: `[n, h, w, c]` -> `[n, c]`. */
export interface GlobalPool extends OperatorBase {
  readonly op: 'globalPool';
}

/** `[n, h, w, c]` -> `[n, h w c]`, channels fastest: position (y, x, c) becomes unit (y w + x) `of` + c. */
export interface Flatten extends OperatorBase {
  readonly op: 'flatten';
}

/** Dense layer; kernel `[in, out]`, bias `[out]` if any. */
export interface Dense extends OperatorBase {
  readonly op: 'dense';
  readonly channels: ChannelSet;
  readonly bias: boolean;
}

/** Side by side along the last axis of flat inputs: the k-th input's channels follow those before it. */
export interface Concat extends OperatorBase {
  readonly op: 'concat';
}

/** Softmax over the present channels of a flat input. Inference only. */
export interface Softmax extends OperatorBase {
  readonly op: 'softmax';
}

export type Operator =
  | Convolution
  | DepthwiseConvolution
  | BatchNorm
  | Relu
  | MaxPool
  | Add
  | GlobalPool
  | Flatten
  | Dense
  | Concat
  | Softmax;

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Operators in an order in which every input comes before its use. The last one yields the logits. */
export interface Architecture {
  readonly name: string;
  readonly input: ImageShape;
  readonly operators: readonly Operator[];
}
