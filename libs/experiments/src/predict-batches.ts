import { type DeviceModel, type ImageShape, predictAll, type Predictions } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';

type Batches = Parameters<typeof predictAll>[3];

/**
 * Logits of a model for all batches, in inference mode. Between two batches the process hears its signals, and an aborted
 * `signal` ends the work: arithmetic alone never waits, and Ctrl-C would go unheard until the last image.
 */
export async function predictBatches(
  backend: TensorBackend,
  model: DeviceModel,
  input: ImageShape,
  batches: Batches,
  signal?: AbortSignal,
): Promise<Predictions> {
  const parts: Predictions[] = [];
  for (const batch of batches) {
    signal?.throwIfAborted();
    parts.push(predictAll(backend, model, input, [batch]));
    await new Promise(setImmediate);
  }
  return joined(parts);
}

function joined(parts: readonly Predictions[]): Predictions {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const classes = parts[0]?.classes ?? 0;
  const logits = new Float32Array(count * classes);
  const labels = new Int32Array(count);
  let done = 0;
  for (const part of parts) {
    logits.set(part.logits, done * classes);
    labels.set(part.labels, done);
    done += part.count;
  }
  return { count, classes, logits, labels };
}
