import type { Parameter, Tensor } from '../backend.js';
import type { EagerRuntime, Handle } from './eager-runtime.js';

let created = 0;

/**
 * A parameter and its momentum as two TensorFlow resource variables. ResourceApplyMomentum with `use_nesterov` is exactly
 * v = mu v + g; p -= lr (g + mu v), in one pass and in place.
 */
export class NativeParameter implements Parameter {
  private readonly value: Handle;
  private readonly velocity: Handle;
  private disposed = false;

  constructor(
    private readonly eager: EagerRuntime,
    values: Float32Array,
    readonly shape: readonly number[],
  ) {
    this.value = this.variable('value');
    this.velocity = this.variable('velocity');
    this.assign(values);
    this.clearVelocity();
  }

  read(): Tensor {
    return this.readVariable(this.value);
  }

  assign(values: Float32Array): void {
    this.assignVariable(this.value, values);
  }

  readVelocity(): Tensor {
    return this.readVariable(this.velocity);
  }

  assignVelocity(values: Float32Array): void {
    this.assignVariable(this.velocity, values);
  }

  applyNesterov(gradient: Tensor, options: { learningRate: number; momentum: number }): void {
    const { eager } = this;
    const learningRate = eager.constant(Float32Array.of(options.learningRate), []);
    const momentum = eager.constant(Float32Array.of(options.momentum), []);
    eager.runRaw(
      'ResourceApplyMomentum',
      [eager.float32, eager.boolean('use_locking', false), eager.boolean('use_nesterov', true)],
      [this.value, this.velocity, learningRate, gradient, momentum],
      0,
    );
    eager.free(learningRate);
    eager.free(momentum);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const variable of [this.value, this.velocity]) {
      this.eager.runRaw(
        'DestroyResourceOp',
        [this.eager.boolean('ignore_lookup_error', true)],
        [variable],
        0,
      );
      this.eager.free(variable);
    }
  }

  private variable(role: string): Handle {
    const { eager } = this;
    // Variables of one name are one variable, in the whole process.
    const name = `moda/parameter-${(created += 1)}/${role}`;
    const [handle] = eager.runRaw(
      'VarHandleOp',
      [
        this.dtype(),
        eager.shape('shape', this.shape),
        eager.text('container', ''),
        eager.text('shared_name', name),
      ],
      [],
      1,
    );
    return handle!;
  }

  private assignVariable(variable: Handle, values: Float32Array): void {
    const { eager } = this;
    // The constant may share memory with the caller's array, and an update in place would write through to it.
    const borrowed = eager.constant(values, this.shape);
    const [owned] = eager.runRaw('DeepCopy', [eager.float32], [borrowed], 1);
    eager.free(borrowed);
    eager.runRaw('AssignVariableOp', [this.dtype()], [variable, owned!], 0);
    eager.free(owned!);
  }

  private clearVelocity(): void {
    const { eager } = this;
    const [value] = eager.runRaw('ReadVariableOp', [this.dtype()], [this.value], 1);
    const [zeros] = eager.runRaw('ZerosLike', [eager.float32], [value!], 1);
    eager.runRaw('AssignVariableOp', [this.dtype()], [this.velocity, zeros!], 0);
    eager.free(value!);
    eager.free(zeros!);
  }

  private readVariable(variable: Handle): Tensor {
    return this.eager.run('ReadVariableOp', [this.dtype()], [variable]);
  }

  private dtype() {
    return this.eager.type('dtype', this.eager.binding.TF_FLOAT);
  }
}
