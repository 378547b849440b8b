import { ModaError } from '@moda/contracts';
import { beyondBounds } from '../json-bounds.js';
import type { SafeTensor } from '../safetensors/dtype.js';
import { quoted } from '../safetensors/invalid.js';
import { defaultSafetensorsLimits } from '../safetensors/limits.js';
import { isSize } from '../safetensors/shape.js';
import { readSafetensors } from '../safetensors/read.js';
import { writeSafetensors } from '../safetensors/write.js';

/** How often each unit of one tracked layer was active. */
export interface LayerActivationCounts {
  readonly name: string;
  readonly units: number;
  /** Samples of the class for which the unit was active, `[class, unit]`, each 0..samples of the class. */
  readonly counts: Uint32Array;
}

/**
 * Activation counts of a network over its training set. Counts, not rates, are kept: they are exact, so that any later
 * threshold gives the same mask as a fresh measurement.
 */
export interface ActivationRates {
  /** Tracked layers in forward order. */
  readonly layers: readonly LayerActivationCounts[];
  /** Samples of each class, `[class]`. */
  readonly samples: Uint32Array;
  /** Name of the data set that was counted. */
  readonly dataset?: string;
}

const format = 'moda-activation-rates';
const formatVersion = '1';
const samplesName = 'samples';
const countsPrefix = 'counts.';
const maxUint16 = 0xffff;

/**
 * Writes `rates.safetensors`: tensor `samples` [class] (U32) and one tensor `counts.<layer>` [class, unit] a layer, U16
 * where no class has more than 65,535 samples and U32 otherwise; the order of the layers is in the metadata. The same
 * counts give the same bytes. Throws `RATES_INVALID` for counts that cannot be.
 */
export function encodeActivationRates({ layers, samples, dataset }: ActivationRates): Uint8Array {
  const narrow = samples.every((count) => count <= maxUint16);
  const tensors: [string, SafeTensor][] = [
    [samplesName, { dtype: 'U32', shape: [samples.length], data: samples }],
  ];
  for (const layer of layers) {
    checkLayer(layer, samples);
    const shape = [samples.length, layer.units];
    tensors.push([
      countsPrefix + layer.name,
      narrow
        ? { dtype: 'U16', shape, data: Uint16Array.from(layer.counts) }
        : { dtype: 'U32', shape, data: layer.counts },
    ]);
  }
  checkLayerNames(layers.map(({ name }) => name));
  return writeSafetensors(tensors, {
    format,
    formatVersion,
    layers: JSON.stringify(layers.map(({ name }) => name)),
    ...(dataset === undefined ? {} : { dataset }),
  });
}

/**
 * Reads what `encodeActivationRates` wrote; the arrays are the caller's. Throws `SAFETENSORS_INVALID` for a malformed file
 * and `RATES_INVALID` for one that holds something else.
 */
export function decodeActivationRates(bytes: Uint8Array): ActivationRates {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata['format'] !== format) throw invalid('the file does not hold activation rates');
  if (metadata['formatVersion'] !== formatVersion) {
    throw invalid(`their format version is not ${formatVersion}; use a newer program`);
  }
  const names = layerNames(metadata['layers']);
  const samplesTensor = tensors.get(samplesName);
  if (samplesTensor?.dtype !== 'U32' || samplesTensor.shape.length !== 1) {
    throw invalid('the tensor "samples" of one U32 a class is missing');
  }
  if (tensors.size !== names.length + 1) {
    throw invalid(`${names.length} layers are announced, but ${tensors.size - 1} are there`);
  }
  const samples = samplesTensor.data.slice();
  const layers = names.map((name) => {
    const tensor = tensors.get(countsPrefix + name);
    if (tensor?.dtype !== 'U16' && tensor?.dtype !== 'U32') {
      throw invalid(`the counts of layer ${quoted(name)} are missing or not U16 or U32`);
    }
    const [classes, units = 0] = tensor.shape;
    if (tensor.shape.length !== 2 || classes !== samples.length) {
      throw invalid(`the counts of layer ${quoted(name)} are not of ${samples.length} classes`);
    }
    const layer = { name, units, counts: Uint32Array.from(tensor.data) };
    checkLayer(layer, samples);
    return layer;
  });
  const { dataset } = metadata;
  return { layers, samples, ...(dataset === undefined ? {} : { dataset }) };
}

function layerNames(json: string | undefined): string[] {
  const excess = beyondBounds(json ?? '', {
    maxDepth: 1,
    maxValues: defaultSafetensorsLimits.maxTensors,
    maxKeys: 0,
  });
  if (excess !== undefined) throw invalid(`the list of layers ${excess}`);
  let names: unknown;
  try {
    names = JSON.parse(json ?? '');
  } catch {
    throw invalid('the list of layers is missing or not JSON');
  }
  if (!isListOfNames(names)) throw invalid('the list of layers is not a list of names');
  checkLayerNames(names);
  return names;
}

function isListOfNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function checkLayerNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw invalid(`two layers have the name ${quoted(name)}`);
    seen.add(name);
  }
}

function checkLayer({ name, units, counts }: LayerActivationCounts, samples: Uint32Array): void {
  const shown = quoted(name);
  if (!isSize(units) || units === 0) throw invalid(`layer ${shown} has no units`);
  if (counts.length !== samples.length * units) {
    throw invalid(
      `layer ${shown} has ${counts.length} counts for ${samples.length} classes and ${units} units`,
    );
  }
  counts.forEach((count, position) => {
    const label = Math.floor(position / units);
    if (count <= (samples[label] as number)) return;
    throw invalid(
      `unit ${position % units} of layer ${shown} was active for ${count} samples of class ${label}, which has ${samples[label]}`,
    );
  });
}

function invalid(fact: string): ModaError {
  return new ModaError(
    'RATES_INVALID',
    `The activation rates cannot be used: ${fact}; run moda decompose anew.`,
  );
}
