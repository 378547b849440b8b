import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { cutWeights, derivedPackage, planCut, type WholeModel } from '@moda/moda/surgery';
import {
  decodeActivationRates,
  defaultSafetensorsLimits,
  type Derivation,
  packageDigest,
  type PackageManifest,
  parseManifest,
  readSafetensorsHeader,
  type SafetensorsHeader,
} from '@moda/module-format';
import { digestFile, packageOfFolder, packFolder, verifyFolder } from '@moda/module-library';
import { parseArchitecture } from '@moda/nn/graph';

/** The length field before the header of a safetensors file. */
const lengthBytes = 8;

/**
 * Cuts a package from its parent once more, and says under which digest: the same bytes have the same.
 *
 * @param parent folder of the model that it was cut from
 * @throws ModaError VERIFICATION_FAILED where the folder holds another model
 */
export async function recutDigest(derivation: Derivation, parent: string): Promise<string> {
  const whole = await readWhole(parent, derivation);
  const plan = planCut(whole, derivation);
  const weights = await open(join(parent, 'weights.safetensors'), 'r');
  const hash = createHash('sha256');
  try {
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      const piece = Buffer.alloc(end - start);
      const { bytesRead } = await weights.read(piece, 0, piece.length, start);
      return piece.subarray(0, bytesRead);
    };
    for await (const piece of cutWeights(plan, read)) hash.update(piece);
  } finally {
    await weights.close();
  }
  return packageDigest(derivedPackage(plan, { digest: `sha256:${hash.digest('hex')}` }));
}

/** The parent as its package says it is; every file of it is measured. */
async function readWhole(folder: string, derivation: Derivation): Promise<WholeModel> {
  const found = await packageOf(folder);
  if (packageDigest(found) !== derivation.parent)
    throw new ModaError(
      'VERIFICATION_FAILED',
      `The model in ${folder} is ${packageDigest(found)}, but the module was cut from ${derivation.parent}; name the folder of that one with --parent.`,
      { path: folder },
    );
  const ratesPath = join(folder, 'rates.safetensors');
  const { digest: ratesDigest } = await digestFile(ratesPath).catch(() => ({ digest: 'absent' }));
  if (ratesDigest !== derivation.rates)
    throw new ModaError(
      'VERIFICATION_FAILED',
      `The activation rates ${ratesPath} are not those that the module was cut with.`,
      { path: ratesPath },
    );
  const manifest = parseManifest(await readFile(join(folder, 'module.json'), 'utf8'));
  return {
    manifest,
    architecture: parseArchitecture(manifest.architecture),
    rates: decodeActivationRates(await readFile(ratesPath)),
    weights: await readHeader(join(folder, 'weights.safetensors')),
    digest: derivation.parent,
    ratesDigest,
  };
}

/** What the folder is: the package that it says it is, if it still is, or the one that its files make. */
async function packageOf(folder: string): Promise<PackageManifest> {
  if (!(await packageOfFolder(folder))) return packFolder(folder);
  const { manifest, intact } = await verifyFolder(folder, []);
  return intact ? manifest : packFolder(folder);
}

async function readHeader(path: string): Promise<SafetensorsHeader> {
  const file = await open(path, 'r');
  try {
    const length = new DataView(new ArrayBuffer(lengthBytes));
    await file.read(length, 0, lengthBytes, 0);
    const announced = Number(length.getBigUint64(0, true));
    const header = Buffer.alloc(lengthBytes + Math.min(announced, defaultSafetensorsLimits.maxHeaderBytes));
    const { bytesRead } = await file.read(header, 0, header.length, 0);
    return readSafetensorsHeader(header.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
