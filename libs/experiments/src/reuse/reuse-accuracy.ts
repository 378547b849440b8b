import type { ImageDataset } from '@moda/datasets';
import { selectClasses } from '@moda/datasets';
import { type ActivationRates, cutNetwork, masksAt, unionMasks } from '@moda/moda';
import {
  countFlops,
  countParameters,
  evaluatePredictions,
  type Network,
  type Predictions,
  restrictTo,
} from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import { predictSplit } from '../predict-split.js';

/** A composed network beside the whole standard model answering the same sub-task. Shares in 0..1. */
export interface SubtaskResult {
  /** Class indices of the modular model, ascending. */
  readonly classes: readonly number[];
  /** Accuracy of the composed network on the test images of these classes, argmax over them. */
  readonly accuracy: number;
  /** Accuracy of the reference model, whole, its logits restricted to the same classes; absent without one. */
  readonly referenceAccuracy?: number;
  readonly parametersShare: number;
  readonly flopsShare: number;
}

export interface ReuseOptions {
  readonly network: Network;
  readonly rates: ActivationRates;
  readonly tau: number;
  readonly subtasks: readonly (readonly number[])[];
  /** The data set with the model's classes, in the model's order. */
  readonly dataset: ImageDataset;
  /** The reference model's predictions on all test images. */
  readonly reference?: Predictions;
  readonly onSubtask?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Composes a network for each sub-task and measures it; nothing is trained. */
export async function reuseAccuracy(backend: TensorBackend, options: ReuseOptions): Promise<SubtaskResult[]> {
  const { network, dataset } = options;
  const masks = masksAt(options.rates, options.tau);
  const parameters = countParameters(network.architecture);
  const flops = countFlops(network.architecture);
  const results: SubtaskResult[] = [];
  for (const classes of options.subtasks) {
    const composed = cutNetwork(network, { kept: unionMasks(masks, classes), classes });
    const labels = classes.map((index) => dataset.sourceLabels[index] ?? index);
    const subset = selectClasses(dataset, labels);
    const predictions = await predictSplit(backend, composed, subset, subset.test, options.signal);
    results.push({
      classes,
      accuracy: evaluatePredictions(predictions).accuracy,
      ...(options.reference
        ? { referenceAccuracy: evaluatePredictions(restrictTo(options.reference, classes)).accuracy }
        : {}),
      parametersShare: countParameters(composed.architecture) / parameters,
      flopsShare: countFlops(composed.architecture) / flops,
    });
    options.onSubtask?.(results.length);
  }
  return results;
}
