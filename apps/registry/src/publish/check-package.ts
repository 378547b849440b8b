import type { BlobStore } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import { type PackageManifest, sampleImagesPath } from '@moda/module-format';
import type { ReleaseFacts } from '../catalogue/catalogue.js';
import { fileOf, readModel } from '../parents/read-model.js';
import { readText } from '../parents/read-text.js';
import { checkSamples } from './check-samples.js';
import { checkWeights } from './check-weights.js';
import { releaseFacts } from './release-facts.js';

/**
 * Loads a stored package as a reader would, and says what it is. Memory: the activation rates and their counts; weights pass by in pieces.
 *
 * @throws ModaError naming the first thing that is wrong
 */
export async function checkPackage(
  blobs: BlobStore,
  packageManifest: PackageManifest,
): Promise<ReleaseFacts> {
  await checkSizes(blobs, packageManifest);
  const model = await readModel(blobs, packageManifest);
  const facts = await releaseFacts(packageManifest, model);
  await checkTexts(blobs, packageManifest);
  const samples = fileOf(packageManifest, sampleImagesPath);
  if (samples) await checkSamples(blobs, samples, model.architecture, model.manifest.classes.length);
  const weights = fileOf(packageManifest, 'weights.safetensors');
  if (weights) await checkWeights(blobs, weights, model.architecture);
  return facts;
}

async function checkSizes(blobs: BlobStore, { files }: PackageManifest): Promise<void> {
  for (const { path, digest, sizeBytes } of files) {
    const stored = await blobs.stat(digest);
    if (!stored)
      throw new ModaError(
        'PACKAGE_INCOMPLETE',
        `The file ${path} of the package is not here yet; upload it, then release again.`,
        { path, digest },
      );
    if (stored.sizeBytes !== sizeBytes)
      throw new ModaError(
        'PACKAGE_INVALID',
        `The package says that ${path} has ${sizeBytes} bytes, but the bytes of that digest are ${stored.sizeBytes}; publish the package anew.`,
        { path, digest },
      );
  }
}

/** The other files must be what their names say. */
async function checkTexts(blobs: BlobStore, packageManifest: PackageManifest): Promise<void> {
  const card = fileOf(packageManifest, 'README.md');
  if (card) await readText(blobs, card);
  const history = fileOf(packageManifest, 'history.json');
  if (!history) return;
  const text = await readText(blobs, history);
  try {
    JSON.parse(text);
  } catch {
    throw new ModaError(
      'MODEL_INVALID',
      'The file history.json is not valid JSON; write it anew or leave it out.',
    );
  }
}
