import type * as tfc from '@tensorflow/tfjs-core';

/** Tensors of TensorFlow.js. Axes are named in every signature below: images are `[batch, height, width, channel]`. */
export type Tensor = tfc.Tensor;
export type Tensor1D = tfc.Tensor1D;
export type Tensor2D = tfc.Tensor2D;
export type Tensor3D = tfc.Tensor3D;
export type Tensor4D = tfc.Tensor4D;
/** The plain TensorFlow.js functions, for arithmetic on small tensors. */
export type TensorFunctions = typeof tfc;

/** Square windows; `padding` zeros on each of the four sides (PyTorch's convention, also for stride 2). */
export interface ConvolutionGeometry {
  readonly stride: number;
  readonly padding: number;
}

/** Square, unpadded pooling windows; positions that do not fill a window are dropped. */
export interface PoolGeometry {
  readonly size: number;
  readonly stride: number;
}

export interface BatchNormOptions {
  readonly epsilon: number;
  /** Share of the batch statistics in the new running statistics (0.1: running = 0.9 running + 0.1 batch). */
  readonly momentum: number;
}

export interface BatchNormStep {
  readonly y: Tensor;
  /** `[channel]`, new running statistics; the variance from the unbiased batch variance. */
  readonly runningMean: Tensor1D;
  readonly runningVariance: Tensor1D;
  /** What `batchNormGradient` needs. The caller disposes them. */
  readonly saved: readonly Tensor[];
}

export interface BatchNormGradients {
  readonly x: Tensor;
  readonly scale: Tensor1D;
  readonly offset: Tensor1D;
}

/**
 * A trainable tensor and its momentum, updated in place. `read` may share memory with the parameter: dispose what it returns
 * before the update, or the update has to copy.
 */
export interface Parameter {
  readonly shape: readonly number[];
  /** The value now; the caller disposes it. */
  read(): Tensor;
  assign(values: Float32Array): void;
  /** The momentum buffer v, zeros before the first step; the caller disposes it. */
  readVelocity(): Tensor;
  assignVelocity(values: Float32Array): void;
  /**
   * One step of SGD with Nesterov momentum in PyTorch's convention: v = mu v + g; p -= lr (g + mu v). Borrows the gradient.
   */
  applyNesterov(gradient: Tensor, options: { learningRate: number; momentum: number }): void;
  dispose(): void;
}

/** What runs the tensors, in words and numbers that a report can quote. */
export interface DeviceReport {
  /** `native`: TensorFlow's own kernels; `portable`: plain TensorFlow.js ops. */
  readonly implementation: 'native' | 'portable';
  /** TensorFlow.js backend: `tensorflow`, `wasm` or `cpu`. */
  readonly tfjsBackend: string;
  readonly kind: 'cpu' | 'gpu';
  /** e.g. the processor's or GPU's model name. */
  readonly name: string;
  readonly threads: number;
  /** Version of the native TensorFlow, absent on a fallback. */
  readonly tensorflowVersion?: string;
  /** Why this is not native TensorFlow, and what mends it. */
  readonly fallbackReason?: string;
}

/**
 * The fused operators that networks run on, each with its gradient. Every method borrows its inputs and returns new tensors
 * that the caller disposes. float32 throughout; labels are int32.
 */
export interface TensorBackend {
  readonly device: DeviceReport;
  readonly tf: TensorFunctions;

  /** x `[n, h, w, in]`, kernel `[kh, kw, in, out]` -> `[n, h', w', out]`, h' = floor((h + 2 padding - kh) / stride) + 1. */
  conv2d(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor;
  conv2dInputGradient(
    inputShape: readonly number[],
    kernel: Tensor,
    dy: Tensor,
    geometry: ConvolutionGeometry,
  ): Tensor;
  conv2dKernelGradient(
    x: Tensor,
    kernelShape: readonly number[],
    dy: Tensor,
    geometry: ConvolutionGeometry,
  ): Tensor;

  /** x `[n, h, w, c]`, kernel `[kh, kw, c, 1]` -> `[n, h', w', c]`: every channel with a filter of its own. */
  depthwiseConv2d(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor;
  depthwiseConv2dInputGradient(
    inputShape: readonly number[],
    kernel: Tensor,
    dy: Tensor,
    geometry: ConvolutionGeometry,
  ): Tensor;
  depthwiseConv2dKernelGradient(
    x: Tensor,
    kernelShape: readonly number[],
    dy: Tensor,
    geometry: ConvolutionGeometry,
  ): Tensor;

  /** Adds `[channel]` to the last axis. */
  biasAdd(x: Tensor, bias: Tensor): Tensor;
  /** Sum over every axis but the last -> `[channel]`. */
  biasGradient(dy: Tensor): Tensor1D;

  /** Batch statistics over every axis but the last. x is `[n, h, w, c]`. */
  batchNormTraining(
    x: Tensor,
    scale: Tensor,
    offset: Tensor,
    runningMean: Tensor,
    runningVariance: Tensor,
    options: BatchNormOptions,
  ): BatchNormStep;
  batchNormGradient(
    dy: Tensor,
    x: Tensor,
    scale: Tensor,
    saved: readonly Tensor[],
    options: BatchNormOptions,
  ): BatchNormGradients;
  batchNormInference(
    x: Tensor,
    scale: Tensor,
    offset: Tensor,
    mean: Tensor,
    variance: Tensor,
    options: BatchNormOptions,
  ): Tensor;

  relu(x: Tensor): Tensor;
  /** dy where y > 0, else 0; y is the output of `relu`. */
  reluGradient(dy: Tensor, y: Tensor): Tensor;

  maxPool(x: Tensor, geometry: PoolGeometry): Tensor;
  /** Each window's gradient goes to its first maximum (row by row); x is the input and y the output of `maxPool`. */
  maxPoolGradient(x: Tensor, y: Tensor, dy: Tensor, geometry: PoolGeometry): Tensor;

  /** `[n, h, w, c]` -> `[n, c]`, mean over positions. */
  globalAveragePool(x: Tensor): Tensor2D;
  globalAveragePoolGradient(inputShape: readonly number[], dy: Tensor): Tensor;

  /** Unit activations: `[n, h, w, c]` -> `[n, c]`, mean over positions of |x|; `[n, u]` -> |x|. */
  unitActivations(x: Tensor): Tensor2D;
  /**
   * dy plus the gradient of the unit activations of a non-negative map: g `[n, c]` / (h w) added at every position of
   * dy `[n, h, w, c]`; for `[n, u]` simply dy + g. (Where y = 0 the ReLU's gradient, taken next, drops what is added.)
   */
  addUnitGradient(dy: Tensor, g: Tensor): Tensor;

  /** `[m, k]` x `[k, n]`, either transposed first. */
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor2D;

  /** losses `[n]` and gradient `[n, classes]` of their SUM: softmax(logits) - onehot(labels). */
  softmaxCrossEntropy(logits: Tensor, labels: Tensor): { losses: Tensor1D; gradient: Tensor2D };

  /** Rearranges the last axis: output channel j is input channel positions[j], or zero where positions[j] is -1. */
  alignChannels(x: Tensor, positions: readonly number[]): Tensor;

  createParameter(values: Float32Array, shape: readonly number[]): Parameter;
  /** Tensors alive in TensorFlow.js, for leak checks. */
  tensorCount(): number;
}
