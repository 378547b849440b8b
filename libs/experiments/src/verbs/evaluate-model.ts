import { limit } from '@moda/datasets';
import { type Evaluation, evaluatePredictions, restrictTo } from '@moda/nn';
import type { DeviceReport } from '@moda/tensor-backend';
import { findClasses } from '../class-names.js';
import { datasetOfModel, type ModelDatasetChoice } from '../model/dataset-of-model.js';
import { readModel } from '../model/model-folder.js';
import { predictSplit } from '../predict-split.js';
import type { RunContext } from '../run-context.js';

export interface EvaluateOptions extends ModelDatasetChoice {
  readonly model: string;
  /** Only these classes: their test images, argmax over their logits. */
  readonly classes?: readonly string[] | undefined;
  /** Only the first so many test images. */
  readonly limit?: number | undefined;
}

/** Shares in 0..1. */
export interface EvaluateResult {
  readonly accuracy: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly count: number;
  readonly perClass: readonly { class: number; name: string; accuracy: number | null; count: number }[];
  /** `[true class][predicted class]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  readonly device: DeviceReport;
}

/** Accuracy of a stored model on the test images of a data set. */
export async function evaluateModel(options: EvaluateOptions, context: RunContext): Promise<EvaluateResult> {
  const stored = await readModel(options.model);
  const { classes } = stored.manifest;
  const chosen = options.classes
    ? findClasses(options.classes, classes, `The model ${options.model}`)
    : undefined;
  const dataset = await datasetOfModel(stored, options);
  const test = options.limit === undefined ? dataset.test : limit(dataset.test, options.limit);
  const backend = await context.backend();
  const all = await predictSplit(backend, stored.network, dataset, test, context.signal);
  const selected = chosen ? [...chosen].sort((a, b) => a - b) : classes.map(({ index }) => index);
  const evaluation: Evaluation = evaluatePredictions(chosen ? restrictTo(all, selected) : all);
  return {
    accuracy: evaluation.accuracy,
    loss: evaluation.loss,
    count: evaluation.count,
    perClass: selected.map((index, position) => ({
      class: index,
      name: classes[index]?.name ?? String(index),
      accuracy: evaluation.perClass[position] ?? null,
      count: (evaluation.confusion[position] ?? []).reduce((sum, n) => sum + n, 0),
    })),
    confusion: evaluation.confusion,
    device: backend.device,
  };
}
