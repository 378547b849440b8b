import type { BlobStore } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import type { WholeModel } from '@moda/moda/surgery';
import type { PackageFile } from '@moda/module-format';
import { LRUCache } from 'lru-cache';
import type { VersionRecord } from '../catalogue/catalogue.js';
import { orProblem, type Problem } from '../problem/problem.js';
import { fileOf, readModel } from './read-model.js';
import { readWeightsHeader } from './read-weights-header.js';

/** A published model as far as cutting and pricing need it at hand; its weights stay in the store. */
export interface Parent extends WholeModel {
  readonly kind: 'parent';
  /** The text of `module.json`. */
  readonly manifestText: string;
  readonly weightsFile: PackageFile;
}

/** Parsed models by digest, as many as fit, the ones asked for last. */
export interface Parents {
  /**
   * Reads a model once, whoever asks meanwhile.
   * @returns RATES_MISSING where it was published without activation rates
   */
  load(version: Pick<VersionRecord, 'digest' | 'package'>): Promise<Parent | Problem>;
}

export interface ParentsOptions {
  readonly blobs: Pick<BlobStore, 'get'>;
  /** What all parsed models together may take, about. */
  readonly maxBytes?: number;
}

/** Some two hundred models like VGG16 of ten classes. */
const defaultMaxBytes = 96 * 1024 * 1024;

export function openParents({ blobs, maxBytes = defaultMaxBytes }: ParentsOptions): Parents {
  const cache = new LRUCache<string, Parent, Pick<VersionRecord, 'package' | 'digest'>>({
    maxSize: maxBytes,
    sizeCalculation: sizeOf,
    fetchMethod: (_digest, _stale, { context }) => readParent(blobs, context),
    // Whoever asked first may go away; the others still wait.
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
  });
  return {
    load: (version) => orProblem(() => cache.forceFetch(version.digest, { context: version })),
  };
}

async function readParent(
  blobs: Pick<BlobStore, 'get'>,
  { digest, package: packageManifest }: Pick<VersionRecord, 'package' | 'digest'>,
): Promise<Parent> {
  const ratesFile = fileOf(packageManifest, 'rates.safetensors');
  const weightsFile = fileOf(packageManifest, 'weights.safetensors');
  const { rates, ...model } = await readModel(blobs, packageManifest);
  if (!rates || !ratesFile || !weightsFile)
    throw new ModaError(
      'RATES_MISSING',
      'The model was published without activation rates, so that it has no modules; run moda decompose on it and publish a new version.',
      { digest },
    );
  const weights = await readWeightsHeader(blobs, weightsFile.digest);
  return { kind: 'parent', digest, ratesDigest: ratesFile.digest, ...model, rates, weights, weightsFile };
}

/** Bytes in memory, roughly: the counts exactly, objects by the text they came from. */
function sizeOf({ rates, weights, manifestText }: Parent): number {
  const counts = rates.layers.reduce((sum, layer) => sum + layer.counts.byteLength, 0);
  return counts + 500 * weights.tensors.size + 8 * manifestText.length;
}
