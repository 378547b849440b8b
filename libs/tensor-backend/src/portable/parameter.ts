import type { Parameter, Tensor, TensorFunctions } from '../backend.js';

/** A parameter and its momentum as two tensors, replaced at every step. */
export class PortableParameter implements Parameter {
  private value: Tensor;
  private velocity: Tensor;

  constructor(
    private readonly tf: TensorFunctions,
    values: Float32Array,
    readonly shape: readonly number[],
  ) {
    this.value = this.hold(values);
    this.velocity = this.hold(new Float32Array(values.length));
  }

  read(): Tensor {
    return this.tf.clone(this.value);
  }

  assign(values: Float32Array): void {
    this.value.dispose();
    this.value = this.hold(values);
  }

  readVelocity(): Tensor {
    return this.tf.clone(this.velocity);
  }

  assignVelocity(values: Float32Array): void {
    this.velocity.dispose();
    this.velocity = this.hold(values);
  }

  applyNesterov(
    gradient: Tensor,
    { learningRate, momentum }: { learningRate: number; momentum: number },
  ): void {
    const { tf } = this;
    const velocity = tf.keep(tf.tidy(() => tf.add<Tensor>(tf.mul(this.velocity, momentum), gradient)));
    const value = tf.keep(
      tf.tidy(() => {
        const direction = tf.add(gradient, tf.mul(velocity, momentum));
        return tf.sub<Tensor>(this.value, tf.mul(direction, learningRate));
      }),
    );
    this.value.dispose();
    this.velocity.dispose();
    this.value = value;
    this.velocity = velocity;
  }

  dispose(): void {
    this.value.dispose();
    this.velocity.dispose();
  }

  /** Survives a caller's `tf.tidy`, and shares no memory with the caller's array. */
  private hold(values: Float32Array): Tensor {
    return this.tf.keep(this.tf.tensor(values.slice(), [...this.shape], 'float32'));
  }
}
