import { batches, type ImageDataset } from '@moda/datasets';
import {
  composeModule,
  type PairedCounts,
  replaceByCalibration,
  replaceByScore,
  type Repaired,
  type Replacement,
} from '@moda/moda';
import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import { architectureToJson, countFlops, countParameters, type Network, predictAll } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import { ModaError } from '@moda/contracts';
import { findClass } from '../class-names.js';
import { claimOutputFolder } from '../files/output-folder.js';
import { datasetOfModel, type ModelDatasetChoice } from '../model/dataset-of-model.js';
import { ratesOf, readModel, type StoredModel, writeModel } from '../model/model-folder.js';
import { programVersion } from '../model/version.js';
import type { RunContext } from '../run-context.js';
import { withModel } from '../with-model.js';

export interface ReplaceOptions extends ModelDatasetChoice {
  readonly weak: string;
  readonly strong: string;
  /** The class of the weak model to repair, by index or name. */
  readonly class: string;
  /** The class of the strong model that takes its place; the one with the same label in the data set when absent. */
  readonly strongClass?: string | undefined;
  readonly strategy: 'moda' | 'cnnsplitter';
  /** Threshold of the strong model's module. */
  readonly tau: number;
  readonly out: string;
  /** Training of the calibration layer (strategy moda). */
  readonly epochs: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** Accuracies, 0..1; null for classes without test images. */
export interface RepairedSide {
  readonly target: number | null;
  /** Mean over the other classes. */
  readonly others: number | null;
  readonly perClass: readonly {
    readonly class: number;
    readonly name: string;
    readonly accuracy: number | null;
  }[];
  /** `[true class][predicted class]`, test images. */
  readonly confusion: readonly (readonly number[])[];
}

export interface ReplaceResult {
  readonly strategy: 'moda' | 'cnnsplitter';
  readonly class: number;
  readonly name: string;
  readonly before: RepairedSide;
  readonly after: RepairedSide;
  /** Test images by who is right about them: those of the class, and those of all others together. */
  readonly paired: { readonly target: PairedCounts; readonly others: PairedCounts };
  /** Trainable parameters and multiply-adds that the repaired model has more than the weak one. */
  readonly addedParameters: number;
  readonly addedFlops: number;
  readonly path: string;
}

/** Replaces what a weak model says of one class by a module of a strong, decomposed model. */
export async function replaceClass(options: ReplaceOptions, context: RunContext): Promise<ReplaceResult> {
  const weak = await readModel(options.weak);
  const strong = await readModel(options.strong);
  const target = findClass(options.class, weak.manifest.classes, `The weak model ${options.weak}`);
  const strongClass = strongClassFor(options, weak, strong, target);
  const module = composeModule(strong.network, ratesOf(strong), options.tau, [strongClass]);
  const dataset = await datasetOfModel(weak, options);
  await claimOutputFolder(options.out);
  const backend = await context.backend();
  const replacement: Replacement = {
    weak: weak.network,
    strongModule: module,
    targetPosition: target,
    runOver: (network, split) => runOver(backend, network, dataset, split, context.signal),
  };
  const { epochs, learningRate, batchSize, seed } = options;
  const repaired =
    options.strategy === 'moda'
      ? await replaceByCalibration(replacement, { epochs, learningRate, batchSize, seed })
      : await replaceByScore(replacement);
  const manifest = manifestOfRepair(options, weak, strong, strongClass, repaired);
  await writeModel(options.out, { network: repaired.network, manifest });
  const { architecture } = repaired.network;
  const { report } = repaired;
  const side = (when: 'before' | 'after'): RepairedSide => ({
    target: report.target[when],
    others: report.others[when],
    perClass: weak.manifest.classes.map(({ index, name }) => ({
      class: index,
      name,
      accuracy: report.perClass[index]?.[when] ?? null,
    })),
    confusion: report.confusion[when],
  });
  return {
    strategy: options.strategy,
    class: target,
    name: weak.manifest.classes[target]?.name ?? String(target),
    before: side('before'),
    after: side('after'),
    paired: report.paired,
    addedParameters: countParameters(architecture) - countParameters(weak.network.architecture),
    addedFlops: countFlops(architecture) - countFlops(weak.network.architecture),
    path: options.out,
  };
}

function strongClassFor(
  options: ReplaceOptions,
  weak: StoredModel,
  strong: StoredModel,
  target: number,
): number {
  const where = `The strong model ${options.strong}`;
  if (options.strongClass !== undefined)
    return findClass(options.strongClass, strong.manifest.classes, where);
  const wanted = weak.manifest.classes[target];
  const found = strong.manifest.classes.find(({ sourceLabel }) => sourceLabel === wanted?.sourceLabel);
  if (found) return found.index;
  throw new ModaError(
    'CLASS_UNKNOWN',
    `${where} has no class "${wanted?.name ?? target}" of the data set; name the class to take with --strong-class.`,
  );
}

/** Evaluation batches of either split; training images as they are, since both networks stay frozen. */
function runOver(
  backend: TensorBackend,
  network: Network,
  dataset: ImageDataset,
  split: 'train' | 'test',
  signal: AbortSignal,
) {
  const { normalisation } = dataset;
  return withModel(backend, network, (model) =>
    predictAll(backend, model, dataset, batches(dataset[split], { batchSize: 250, normalisation }), signal),
  );
}

function manifestOfRepair(
  options: ReplaceOptions,
  weak: StoredModel,
  strong: StoredModel,
  strongClass: number,
  { network, report }: Repaired,
): ModelManifest {
  const { name: weakName } = weak.manifest;
  const { name: strongName } = strong.manifest;
  const { dataset, device } = weak.manifest;
  const { target, others } = report;
  return {
    formatVersion: manifestFormatVersion,
    kind: 'repaired',
    ...(weakName === undefined ? {} : { name: `${weakName}-repaired` }),
    architecture: architectureToJson(network.architecture) as ModelManifest['architecture'],
    classes: weak.manifest.classes,
    ...(dataset ? { dataset } : {}),
    training: { method: `replacement-${options.strategy}`, seed: options.seed },
    metrics: {
      ...(target.before === null ? {} : { targetAccuracyBefore: target.before }),
      ...(target.after === null ? {} : { targetAccuracy: target.after }),
      ...(others.before === null ? {} : { othersAccuracyBefore: others.before }),
      ...(others.after === null ? {} : { othersAccuracy: others.after }),
    },
    derivedFrom: [
      { role: 'weak', ...(weakName === undefined ? {} : { name: weakName }) },
      {
        role: 'strong',
        ...(strongName === undefined ? {} : { name: strongName }),
        tau: options.tau,
        classes: [strongClass],
      },
    ],
    ...(device === undefined ? {} : { device }),
    createdBy: { version: programVersion },
  };
}
