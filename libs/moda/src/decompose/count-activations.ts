import type { TrackedLayer } from '@moda/nn';
import type { Tensor, TensorBackend } from '@moda/tensor-backend';

import type { ActivationRates } from './activation-rates.js';

/** Integers up to this are exact in float32, in which the device adds; counts move to the host before they could pass it. */
const EXACT_INTEGERS = 2 ** 24;

/** Adds up, batch by batch, which units are active for which class. Dispose it when done. */
export interface ActivationCounter {
  /**
   * @param activations unit activations of the tracked layers in forward order, each `[batch, unit]`; borrowed
   * @param labels class of each sample, 0 .. classes-1
   */
  add(activations: readonly Tensor[], labels: ArrayLike<number>): void;
  /** What was counted so far. */
  rates(): ActivationRates;
  dispose(): void;
}

/**
 * A counter for the given tracked layers. A unit is active for a sample where its unit activation is above 0.
 *
 * Counts are whole numbers and exact: per batch, onehot(labels)^T (a > 0) is added up on the device.
 */
export function countActivations(
  backend: TensorBackend,
  layers: readonly TrackedLayer[],
  classes: number,
): ActivationCounter {
  return new DeviceCounter(backend, layers, classes);
}

class DeviceCounter implements ActivationCounter {
  private readonly samples: Uint32Array;
  private readonly counts: readonly Uint32Array[];
  private onDevice: Tensor[] = [];
  private samplesOnDevice = 0;

  constructor(
    private readonly backend: TensorBackend,
    private readonly layers: readonly TrackedLayer[],
    private readonly classes: number,
  ) {
    this.samples = new Uint32Array(classes);
    this.counts = layers.map(({ channels }) => new Uint32Array(classes * channels.of));
  }

  add(activations: readonly Tensor[], labels: ArrayLike<number>): void {
    if (activations.length !== this.layers.length) {
      throw new RangeError(`expected activations of ${this.layers.length} layers, not ${activations.length}`);
    }
    if (this.samplesOnDevice + labels.length > EXACT_INTEGERS) this.moveToHost();
    const { tf } = this.backend;
    const sums = tf.tidy(() => {
      const membership = tf.tensor2d(this.oneHot(labels), [labels.length, this.classes]);
      return activations.map((layer, l) => {
        const active = tf.cast(tf.greater(layer, 0), 'float32');
        const counted = this.backend.matMul(membership, active, true, false);
        const before = this.onDevice[l];
        return before ? tf.add(before, counted) : counted;
      });
    });
    tf.dispose(this.onDevice);
    this.onDevice = sums;
    this.samplesOnDevice += labels.length;
    for (const label of Array.from(labels)) this.samples[label] = (this.samples[label] ?? 0) + 1;
  }

  rates(): ActivationRates {
    this.moveToHost();
    return {
      samples: this.samples.slice(),
      layers: this.layers.map(({ name, channels }, l) => ({
        name,
        units: channels.of,
        counts: this.counts[l]?.slice() ?? new Uint32Array(),
      })),
    };
  }

  dispose(): void {
    this.backend.tf.dispose(this.onDevice);
    this.onDevice = [];
    this.samplesOnDevice = 0;
  }

  private moveToHost(): void {
    this.onDevice.forEach((tensor, l) => {
      const { of, kept } = this.layers[l]?.channels ?? { of: 0, kept: [] };
      const counts = this.counts[l];
      const values = tensor.dataSync<'float32'>();
      if (!counts) return;
      values.forEach((count, i) => {
        const at = Math.floor(i / kept.length) * of + (kept[i % kept.length] ?? 0);
        counts[at] = (counts[at] ?? 0) + count;
      });
    });
    this.dispose();
  }

  private oneHot(labels: ArrayLike<number>): Float32Array {
    const values = new Float32Array(labels.length * this.classes);
    Array.from(labels).forEach((label, sample) => {
      if (!Number.isInteger(label) || label < 0 || label >= this.classes) {
        throw new RangeError(`label ${label} is not one of ${this.classes} classes`);
      }
      values[sample * this.classes + label] = 1;
    });
    return values;
  }
}
