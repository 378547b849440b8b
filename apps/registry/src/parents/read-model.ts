import { type BlobStore, readBlob } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import {
  type ActivationRates,
  decodeActivationRates,
  type ModelManifest,
  type PackageFile,
  type PackageManifest,
  parseManifest,
} from '@moda/module-format';
import { type Architecture, outputShape, parseArchitecture } from '@moda/nn/graph';
import { readText } from './read-text.js';

/** What a package says of its network, without its weights. */
export interface DescribedModel {
  /** The text of `module.json`. */
  readonly manifestText: string;
  readonly manifest: ModelManifest;
  readonly architecture: Architecture;
  /** Undefined where the model was not decomposed. */
  readonly rates: ActivationRates | undefined;
}

export function fileOf({ files }: PackageManifest, path: string): PackageFile | undefined {
  return files.find((file) => file.path === path);
}

/**
 * Reads `module.json` and the activation rates of a stored package. Whether they belong together, whoever cuts or prices asks.
 *
 * @throws ModaError MODEL_INVALID, RATES_INVALID, SAFETENSORS_INVALID or an ARCHITECTURE code, and what the store throws
 */
export async function readModel(
  blobs: Pick<BlobStore, 'get'>,
  packageManifest: PackageManifest,
): Promise<DescribedModel> {
  const file = fileOf(packageManifest, 'module.json');
  if (!file)
    throw new ModaError('PACKAGE_INVALID', 'The package has no module.json; publish the model anew.');
  const manifestText = await readText(blobs, file);
  const manifest = parseManifest(manifestText);
  const architecture = parseArchitecture(manifest.architecture);
  const outputs = outputShape(architecture).channels.kept.length;
  if (outputs !== manifest.classes.length)
    throw new ModaError(
      'MODEL_INVALID',
      `The manifest module.json names ${manifest.classes.length} classes, but its network has ${outputs} outputs; name each output.`,
    );
  const ratesFile = fileOf(packageManifest, 'rates.safetensors');
  const rates = ratesFile ? decodeActivationRates(await readBlob(blobs, ratesFile.digest)) : undefined;
  return { manifestText, manifest, architecture, rates };
}
