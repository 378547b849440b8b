import type { Tensor } from '../backend.js';
import type { TensorFlowModule } from './load-tensorflow.js';

/** The part of the native addon that is used here. Numbers named `TF_*` are TensorFlow's enumeration values. */
export interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputIds: readonly number[],
    outputs: number,
  ): { id: number }[];
}

/** What TensorFlow.js's kernel backend does with the addon: the bridge between its tensors and native handles. */
export interface NativeKernelBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(metadata: { id: number }): Tensor;
}

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: string | boolean | number | readonly number[];
}

/** A native tensor that TensorFlow.js does not know of: no `tf.tidy` frees it, no tensor count includes it. */
export type Handle = number;

type Input = Tensor | Handle;

/**
 * Runs TensorFlow's eager operators, also those that TensorFlow.js never calls. Inputs are borrowed. Tensors that come out
 * belong to the caller and are ordinary TensorFlow.js tensors (a surrounding `tf.tidy` would free them).
 */
export class EagerRuntime {
  readonly binding: NativeBinding;
  /** `T = float32`, which nearly every operator wants. */
  readonly float32: Attribute;
  readonly nhwc: Attribute;
  private readonly kernels: NativeKernelBackend;

  constructor(readonly tf: TensorFlowModule) {
    this.kernels = tf.backend() as unknown as NativeKernelBackend;
    this.binding = this.kernels.binding;
    this.float32 = this.type('T', this.binding.TF_FLOAT);
    this.nhwc = this.text('data_format', 'NHWC');
  }

  get usesGpu(): boolean {
    return this.kernels.isUsingGpuDevice;
  }

  run(operator: string, attributes: readonly Attribute[], inputs: readonly Input[]): Tensor {
    const [output] = this.binding.executeOp(operator, attributes, this.handlesOf(inputs), 1);
    return this.kernels.createOutputTensor(output!);
  }

  runMany(
    operator: string,
    attributes: readonly Attribute[],
    inputs: readonly Input[],
    outputs: number,
  ): Tensor[] {
    return this.binding
      .executeOp(operator, attributes, this.handlesOf(inputs), outputs)
      .map((output) => this.kernels.createOutputTensor(output));
  }

  /** Runs an operator without giving its outputs to TensorFlow.js; the caller frees them with `free`. */
  runRaw(
    operator: string,
    attributes: readonly Attribute[],
    inputs: readonly Input[],
    outputs: number,
  ): Handle[] {
    return this.binding
      .executeOp(operator, attributes, this.handlesOf(inputs), outputs)
      .map((output) => output.id);
  }

  /** The native tensor may share memory with `values`: they must not change while the handle lives. */
  constant(values: Float32Array | Int32Array, shape: readonly number[]): Handle {
    const dtype = values instanceof Float32Array ? this.binding.TF_FLOAT : this.binding.TF_INT32;
    return this.binding.createTensor(shape, dtype, values);
  }

  free(handle: Handle): void {
    this.binding.deleteTensor(handle);
  }

  /** Lends an int32 vector (a shape, axes, positions) for the time of one call. */
  withInts<R>(values: readonly number[], use: (handle: Handle) => R): R {
    const handle = this.constant(Int32Array.from(values), [values.length]);
    try {
      return use(handle);
    } finally {
      this.free(handle);
    }
  }

  /** The same values under another shape, without a copy; the caller frees the handle. */
  reshaped(input: Input, shape: readonly number[]): Handle {
    const attributes = [this.float32, this.type('Tshape', this.binding.TF_INT32)];
    return this.withInts(shape, (target) => this.runRaw('Reshape', attributes, [input, target], 1))[0]!;
  }

  text(name: string, value: string): Attribute {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }

  integers(name: string, value: readonly number[]): Attribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  integer(name: string, value: number): Attribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  float(name: string, value: number): Attribute {
    return { name, type: this.binding.TF_ATTR_FLOAT, value };
  }

  boolean(name: string, value: boolean): Attribute {
    return { name, type: this.binding.TF_ATTR_BOOL, value };
  }

  type(name: string, value: number): Attribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value };
  }

  shape(name: string, value: readonly number[]): Attribute {
    return { name, type: this.binding.TF_ATTR_SHAPE, value };
  }

  private handlesOf(inputs: readonly Input[]): Handle[] {
    return inputs.map((input) =>
      typeof input === 'number' ? input : this.kernels.getInputTensorIds([input])[0]!,
    );
  }
}
