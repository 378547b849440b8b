import { ModaError } from '@moda/contracts';
import type { WholeModel } from '@moda/moda/surgery';
import {
  decodeActivationRates,
  defaultSafetensorsLimits,
  type PackageFile,
  type PackageManifest,
  parseManifest,
  readSafetensorsHeader,
  type SafetensorsHeader,
} from '@moda/module-format';
import { parseArchitecture } from '@moda/nn/graph';
import { digestOf } from './digest-of';
import type { FileReader } from './file-reader';
import type { PackageCache } from './package-cache';
import type { ParentDownload } from './parent-download';
import { readPackage } from './read-package';

/** A model that can be cut, and where its weights are. */
export interface Parent extends WholeModel {
  readonly package: PackageManifest;
  readonly weightsFile: PackageFile;
}

/** `path` in a package. */
export function fileOf({ files }: PackageManifest, path: string): PackageFile | undefined {
  return files.find((file) => file.path === path);
}

/**
 * All of a model that deciding on a cut needs: its manifest, its activation rates and the header of its weights, each checked against the
 * package. No weight is read.
 *
 * @throws ModaError RATES_MISSING, VERIFICATION_FAILED, and what reading files throws
 */
export async function readParent(
  parent: ParentDownload,
  { files, cache }: { readonly files: FileReader; readonly cache: PackageCache },
): Promise<Parent> {
  const manifest = await readPackage(parent);
  const [described, ratesFile, weightsFile] = ['module.json', 'rates.safetensors', 'weights.safetensors'].map(
    (path) => fileOf(manifest, path),
  );
  if (described === undefined || weightsFile === undefined)
    throw new ModaError(
      'PACKAGE_INVALID',
      'The package has no network; ask its publisher for another version.',
    );
  if (ratesFile === undefined)
    throw new ModaError(
      'RATES_MISSING',
      'The model was published without activation rates, so that it has no modules; choose another model.',
    );
  if ((await digestOf(new TextEncoder().encode(parent.manifestText))) !== described.digest)
    throw new ModaError(
      'VERIFICATION_FAILED',
      'The manifest that came is not the one that the package lists; load the page again.',
    );
  const model = parseManifest(parent.manifestText);
  return {
    package: manifest,
    weightsFile,
    manifest: model,
    architecture: parseArchitecture(model.architecture),
    rates: decodeActivationRates(await files.whole(ratesFile)),
    weights: await readHeader(weightsFile, files, cache),
    digest: parent.digest,
    ratesDigest: ratesFile.digest,
  };
}

/** The length field before the header. */
const lengthBytes = 8;

/** Holds the header of a network with some hundred tensors, so that one read is enough for nearly all. */
const firstReadBytes = 64 * 1024;

async function readHeader(
  file: PackageFile,
  files: FileReader,
  cache: PackageCache,
): Promise<SafetensorsHeader> {
  const key = `header/${file.digest}`;
  const kept = await cache.read(key);
  if (kept !== undefined) return readSafetensorsHeader(kept);
  const first = await files.part(file, 0, Math.min(firstReadBytes, file.sizeBytes));
  if (first.length < lengthBytes) return readSafetensorsHeader(first);
  const announced = new DataView(first.buffer, first.byteOffset, lengthBytes).getBigUint64(0, true);
  if (announced > BigInt(defaultSafetensorsLimits.maxHeaderBytes)) return readSafetensorsHeader(first);
  const headerBytes = lengthBytes + Number(announced);
  const whole =
    headerBytes <= first.length
      ? first.slice(0, headerBytes)
      : await files.part(file, 0, Math.min(headerBytes, file.sizeBytes));
  const header = readSafetensorsHeader(whole);
  if (header.dataStart + header.dataBytes !== file.sizeBytes)
    throw new ModaError(
      'DOWNLOAD_DAMAGED',
      'The header of the weights does not belong to a file of the size that the package lists; load the page again.',
    );
  await cache.write(key, whole);
  return header;
}
