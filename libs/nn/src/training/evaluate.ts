import type { TensorBackend } from '@moda/tensor-backend';
import type { DeviceModel } from '../execution/device-model.js';
import type { ImageShape } from '../graph/architecture.js';
import type { Batch } from './batch.js';

/** Logits of a set of images in their order. */
export interface Predictions {
  readonly count: number;
  readonly classes: number;
  /** `[count, classes]`, row by row. */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
}

/** How good predictions are; shares in 0..1. */
export interface Evaluation {
  readonly count: number;
  readonly accuracy: number;
  /** Mean cross-entropy of the softmax over the logits. */
  readonly loss: number;
  /** `null` for a class without samples. */
  readonly perClass: readonly (number | null)[];
  /** `[true class][predicted class]`, counts. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Runs a model over batches in inference mode. Between two batches the process hears its signals: arithmetic alone never waits, and
 * Ctrl-C would go unheard until the last image.
 *
 * @throws the reason of `signal` where it is aborted before a batch
 */
export async function predictAll(
  backend: TensorBackend,
  model: DeviceModel,
  input: ImageShape,
  batches: Iterable<Batch>,
  signal?: AbortSignal,
): Promise<Predictions> {
  const rows: Float32Array[] = [];
  const labels: Int32Array[] = [];
  let count = 0;
  for (const batch of batches) {
    signal?.throwIfAborted();
    const images = backend.tf.tensor4d(batch.images, [batch.size, input.height, input.width, input.channels]);
    const logits = model.predict(images);
    rows.push(Float32Array.from(logits.dataSync()));
    labels.push(batch.labels.slice(0, batch.size));
    count += batch.size;
    images.dispose();
    logits.dispose();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const logits = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  const allLabels = new Int32Array(count);
  let offset = 0;
  let labelOffset = 0;
  rows.forEach((row, i) => {
    logits.set(row, offset);
    offset += row.length;
    const own = labels[i] ?? new Int32Array();
    allLabels.set(own, labelOffset);
    labelOffset += own.length;
  });
  return { count, classes: count === 0 ? 0 : logits.length / count, logits, labels: allLabels };
}

/** Keeps the logits of some classes and the samples of those classes, relabelled to positions in `classes`. */
export function restrictTo(predictions: Predictions, classes: readonly number[]): Predictions {
  const positions = new Map(classes.map((label, position) => [label, position]));
  const rows = [...predictions.labels.keys()].filter((row) => positions.has(predictions.labels[row] ?? -1));
  const logits = new Float32Array(rows.length * classes.length);
  rows.forEach((row, i) => {
    classes.forEach((label, j) => {
      logits[i * classes.length + j] = predictions.logits[row * predictions.classes + label] ?? NaN;
    });
  });
  const labels = Int32Array.from(rows, (row) => positions.get(predictions.labels[row] ?? -1) ?? -1);
  return { count: rows.length, classes: classes.length, logits, labels };
}

/** The class of the highest logit of each sample, the first of equals, `[count]`. */
export function predictedClasses({ count, classes, logits }: Predictions): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const highest = values.reduce((best, value) => (value > best ? value : best), -Infinity);
    // Among values none of which is a number there is no highest; the first stands for it.
    return Math.max(values.indexOf(highest), 0);
  });
}

/** Accuracy by argmax (the first of equals), per class, with the confusion matrix and the mean cross-entropy. */
export function evaluatePredictions(predictions: Predictions): Evaluation {
  const { count, classes, logits, labels } = predictions;
  const predicted = predictedClasses(predictions);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const label = labels[row] ?? 0;
    const counts = confusion[label];
    const answer = predicted[row] ?? 0;
    if (counts) counts[answer] = (counts[answer] ?? 0) + 1;
    loss += crossEntropy(values, label);
  }
  const correct = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  return {
    count,
    accuracy: count === 0 ? 0 : correct / count,
    loss: count === 0 ? 0 : loss / count,
    perClass: confusion.map((row, label) => {
      const samples = row.reduce((sum, n) => sum + n, 0);
      return samples === 0 ? null : (row[label] ?? 0) / samples;
    }),
    confusion,
  };
}

function crossEntropy(values: Float32Array, label: number): number {
  const highest = values.reduce((best, value) => Math.max(best, value), -Infinity);
  const sum = values.reduce((total, value) => total + Math.exp(value - highest), 0);
  return Math.log(sum) + highest - (values[label] ?? NaN);
}
