import type { ImageDataset } from '@moda/datasets';
import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import { architectureToJson, type Network } from '@moda/nn';
import type { DeviceReport } from '@moda/tensor-backend';
import type { EpochRecord } from '../train/history.js';
import { momentum, type TrainOptions } from '../train/train-options.js';
import { programVersion } from './version.js';

export interface TrainingFacts {
  readonly options: TrainOptions;
  readonly dataset: ImageDataset;
  readonly network: Network;
  readonly history: readonly EpochRecord[];
  readonly device: DeviceReport;
}

/** What a trained model's `module.json` says. */
export function manifestOfTraining({
  options,
  dataset,
  network,
  history,
  device,
}: TrainingFacts): ModelManifest {
  const last = history.at(-1);
  const { method, epochs, batchSize, learningRate, seed, shuffle, augment, alpha, beta, gamma } = options;
  return {
    formatVersion: manifestFormatVersion,
    kind: 'model',
    name: `${options.arch}-${options.dataset}-${method}`,
    architecture: architectureToJson(network.architecture) as ModelManifest['architecture'],
    classes: classesOf(dataset),
    dataset: datasetFacts(dataset),
    training: {
      method,
      architecture: options.arch,
      epochs,
      batchSize,
      learningRate,
      momentum,
      seed,
      shuffle,
      augment,
      ...(method === 'moda' ? { alpha, beta, gamma } : {}),
      ...(options.maxSteps === undefined ? {} : { maxSteps: options.maxSteps }),
    },
    ...(last ? { metrics: metricsOf(last) } : {}),
    device: describeDevice(device),
    createdBy: { version: programVersion },
    createdAt: new Date().toISOString(),
  };
}

function metricsOf({ accuracy, crossEntropy, perClass = [] }: EpochRecord): Record<string, number> {
  const byClass = perClass.flatMap((own, index) =>
    own === null ? [] : [[`accuracy:${index}`, own] as const],
  );
  return { accuracy, crossEntropy, ...Object.fromEntries(byClass) };
}

/** The classes of a data set in the order of a model's outputs. */
export function classesOf(dataset: ImageDataset): ModelManifest['classes'] {
  return dataset.classNames.map((name, index) => ({
    index,
    name,
    sourceLabel: dataset.sourceLabels[index] ?? index,
  }));
}

export function datasetFacts(dataset: ImageDataset): NonNullable<ModelManifest['dataset']> {
  return {
    name: dataset.name,
    normalisation: { mean: [...dataset.normalisation.mean], std: [...dataset.normalisation.std] },
    split: dataset.provenance.split,
    classes: [...dataset.sourceLabels],
    trainSamples: dataset.train.count,
    testSamples: dataset.test.count,
  };
}

/** A device in one line for a manifest. */
export function describeDevice(device: DeviceReport): string {
  const runtime =
    device.tensorflowVersion === undefined ? device.tfjsBackend : `TensorFlow ${device.tensorflowVersion}`;
  return `${device.name} (${device.kind}, ${device.threads} threads, ${runtime})`;
}
