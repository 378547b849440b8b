import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import type { ActivationRates } from '@moda/moda';
import {
  canonicalJson,
  decodeActivationRates,
  encodeActivationRates,
  type ModelManifest,
  parseManifest,
  readSafetensors,
  renderModelCard,
  serialiseManifest,
  writeSafetensors,
} from '@moda/module-format';
import {
  type Architecture,
  countFlops,
  countParameters,
  fromNativeLayout,
  type Network,
  outputShape,
  parseArchitecture,
  trackedLayers,
} from '@moda/nn';
import { toSafeTensors } from '../files/host-tensors.js';
import { nameTheFile } from '../files/name-the-file.js';
import { readInput } from '../files/read-input.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { EpochRecord } from '../train/history.js';

export const manifestName = 'module.json';
const weightsName = 'weights.safetensors';
const ratesName = 'rates.safetensors';
const cardName = 'README.md';
export const historyName = 'history.json';

/** What a run that was killed while it wrote its model may have left: no model yet, since the manifest comes last. */
export const unfinishedNames: readonly string[] = [weightsName, historyName, cardName];

/** What a model folder holds. */
export interface StoredModel {
  readonly path: string;
  readonly manifest: ModelManifest;
  readonly network: Network;
  /** Once the model was decomposed. */
  readonly rates?: ActivationRates;
}

/** Whether a folder holds a finished model. */
export async function holdsModel(path: string): Promise<boolean> {
  return access(join(path, manifestName)).then(
    () => true,
    () => false,
  );
}

/**
 * Reads and checks a model folder.
 *
 * @throws ModaError MODEL_INVALID, SAFETENSORS_INVALID, RATES_INVALID, PARAMETER_MISMATCH or an ARCHITECTURE code
 */
export async function readModel(path: string): Promise<StoredModel> {
  const manifestBytes = await readInput(join(path, manifestName), 'MODEL_INVALID', 'the model');
  const manifestPath = join(path, manifestName);
  const manifest = nameTheFile(manifestPath, () => parseManifest(new TextDecoder().decode(manifestBytes)));
  const architecture = nameTheFile(manifestPath, () => parseArchitecture(manifest.architecture));
  checkClasses(path, manifest, architecture);
  const weights = await readInput(join(path, weightsName), 'MODEL_INVALID', 'the weights');
  const network = nameTheFile(join(path, weightsName), () =>
    fromNativeLayout(architecture, readSafetensors(weights).tensors),
  );
  const rates = await readRates(path);
  if (rates) checkRates(path, rates, network);
  return { path, manifest, network, ...(rates ? { rates } : {}) };
}

/**
 * Writes a model folder: every file atomically and the manifest last, so that a folder with a manifest is whole. Creates the
 * folder where needed.
 */
export async function writeModel(
  path: string,
  model: { network: Network; manifest: ModelManifest; history?: readonly EpochRecord[] },
): Promise<void> {
  const { manifest, network } = model;
  await mkdir(path, { recursive: true });
  await writeAtomically(join(path, weightsName), writeSafetensors(toSafeTensors(network.parameters)));
  if (model.history) await writeAtomically(join(path, historyName), canonicalJson(model.history));
  await writeAtomically(
    join(path, cardName),
    renderModelCard(manifest, {
      parameters: countParameters(network.architecture),
      flops: countFlops(network.architecture),
      input: network.architecture.input,
    }),
  );
  await writeAtomically(join(path, manifestName), serialiseManifest(manifest));
}

/** Stores activation rates with a model, so that any later threshold can use them. */
export async function writeRates(path: string, rates: ActivationRates, dataset: string): Promise<void> {
  await writeAtomically(join(path, ratesName), encodeActivationRates({ ...rates, dataset }));
}

/** The rates of a model that was decomposed before. Throws RATES_MISSING otherwise. */
export function ratesOf(stored: StoredModel): ActivationRates {
  if (stored.rates) return stored.rates;
  throw new ModaError(
    'RATES_MISSING',
    `The model ${stored.path} has no activation rates yet; run \`moda decompose --model ${stored.path}\` first.`,
  );
}

/** Where a model keeps its activation rates. */
export function ratesPath(path: string): string {
  return join(path, ratesName);
}

async function readRates(path: string): Promise<ActivationRates | undefined> {
  const file = join(path, ratesName);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  const bytes = await readInput(file, 'MODEL_INVALID', 'the activation rates');
  return nameTheFile(file, () => decodeActivationRates(bytes));
}

/** Rates of another network would cut this one in the wrong places, or not at all. */
function checkRates(path: string, rates: ActivationRates, network: Network): void {
  const layers = trackedLayers(network.architecture);
  const classes = outputShape(network.architecture).channels.kept.length;
  const fits =
    rates.samples.length === classes &&
    rates.layers.length === layers.length &&
    layers.every(({ name, channels }, l) => {
      const layer = rates.layers[l];
      return layer?.name === name && layer.units === channels.of;
    });
  if (fits) return;
  throw new ModaError(
    'RATES_INVALID',
    `The activation rates in ${join(path, ratesName)} belong to another network; remove the file and decompose the model again.`,
    { path },
  );
}

function checkClasses(path: string, manifest: ModelManifest, architecture: Architecture): void {
  const outputs = outputShape(architecture).channels.kept.length;
  if (outputs === manifest.classes.length) return;
  throw new ModaError(
    'MODEL_INVALID',
    `The model ${path} names ${manifest.classes.length} classes, but its network has ${outputs} outputs.`,
  );
}
