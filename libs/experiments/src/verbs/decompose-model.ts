import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { type ActivationRates, cutNetwork, type FloorHit, masksAt } from '@moda/moda';
import { deriveManifest } from '@moda/moda/surgery';
import { outputShape } from '@moda/nn';
import { claimOutputFolder } from '../files/output-folder.js';
import { datasetOfModel, type ModelDatasetChoice } from '../model/dataset-of-model.js';
import { digestOfFolder } from '../model/digest-of-folder.js';
import { ratesPath, readModel, type StoredModel, writeModel, writeRates } from '../model/model-folder.js';
import { measureRates } from '../reuse/measure-rates.js';
import type { RunContext } from '../run-context.js';
import { type CutFacts, cutFacts } from './cut-facts.js';

export interface DecomposeOptions extends ModelDatasetChoice {
  readonly model: string;
  /** 0..1: share of a class's samples for which a unit must be active to be kept. */
  readonly tau: number;
  /** Folder that takes one model folder per class; without it only the rates are stored. */
  readonly out?: string | undefined;
}

export interface ModuleResult extends CutFacts {
  readonly class: number;
  readonly name: string;
  /** Kept units per tracked layer. */
  readonly kept: readonly (readonly number[])[];
  readonly floorHits: readonly FloorHit[];
  readonly path?: string;
}

export interface DecomposeResult {
  readonly tau: number;
  /** Tracked layers in forward order. */
  readonly layers: readonly { readonly name: string; readonly units: number }[];
  readonly modules: readonly ModuleResult[];
  /** Whether the rates were measured now or had been stored before. */
  readonly ratesMeasured: boolean;
}

/** Cuts a model into one real, small network per class, measuring its activation rates first where that was not yet done. */
export async function decomposeModel(
  options: DecomposeOptions,
  context: RunContext,
): Promise<DecomposeResult> {
  const stored = await readModel(options.model);
  refuseCut(stored);
  warnOfStoredRates(stored, options, context);
  if (options.out !== undefined) await claimOutputFolder(options.out);
  const rates = stored.rates ?? (await measureAndStore(stored, options, context));
  const masks = masksAt(rates, options.tau);
  // Rates are part of the package, so its digest is known only now.
  const parentDigest = options.out === undefined ? undefined : await digestOfFolder(options.model);
  const modules: ModuleResult[] = [];
  for (const [index, kept] of masks.kept.entries()) {
    const network = cutNetwork(stored.network, { kept, classes: [index] });
    const name = stored.manifest.classes[index]?.name ?? String(index);
    const path = options.out === undefined ? undefined : join(options.out, `class-${index}`);
    if (path !== undefined) {
      const manifest = deriveManifest(stored.manifest, {
        architecture: network.architecture,
        classes: [index],
        tau: options.tau,
        parentDigest,
      });
      await writeModel(path, { network, manifest });
    }
    modules.push({
      class: index,
      name,
      kept,
      ...cutFacts(network, stored.network),
      floorHits: masks.floorHits.filter((hit) => hit.class === index),
      ...(path === undefined ? {} : { path }),
    });
  }
  return { tau: options.tau, layers: masks.layers, modules, ratesMeasured: stored.rates === undefined };
}

/** The outputs of a network for some classes keep their numbers in the whole one; activation rates are counted by position. */
function refuseCut({ path, manifest, network }: StoredModel): void {
  const { of, kept } = outputShape(network.architecture).channels;
  if (of === kept.length) return;
  const base = manifest.derivedFrom?.[0]?.name;
  throw new ModaError(
    'MODEL_INVALID',
    `The model ${path} has only some classes of another one; decompose or compose ${base === undefined ? 'that one' : `that one (${base})`} instead.`,
    { path },
  );
}

function warnOfStoredRates(stored: StoredModel, options: DecomposeOptions, context: RunContext): void {
  if (!stored.rates || (options.dataset === undefined && options.trainLimit === undefined)) return;
  context.onProgress({
    type: 'warning',
    message:
      `The model's activation rates were measured before and are taken as they are; to measure them on the data named now, ` +
      `remove ${ratesPath(stored.path)} first.`,
  });
}

async function measureAndStore(
  stored: StoredModel,
  options: DecomposeOptions,
  context: RunContext,
): Promise<ActivationRates> {
  const dataset = await datasetOfModel(stored, options);
  const rates = await measureRates(await context.backend(), stored.network, dataset, context);
  await writeRates(stored.path, rates, dataset.name);
  return rates;
}
