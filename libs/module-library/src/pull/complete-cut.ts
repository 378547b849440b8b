import { rm } from 'node:fs/promises';
import { type Derivation, packageDigest, type PackageFile, type PackageManifest } from '@moda/module-format';
import { checkOffer } from './check-offer.js';
import { damaged, type SignedPackage, type Source } from './source.js';

/** The package of what was cut on the way here, which the registry knows by now, or cuts. */
export async function completeCut(
  { client, target, asked }: Source,
  files: readonly PackageFile[],
  derivation: Derivation | undefined,
  work: string,
): Promise<SignedPackage> {
  const manifest: PackageManifest = {
    formatVersion: 1,
    files,
    ...(derivation ? { derivation } : {}),
  };
  const digest = packageDigest(manifest);
  let offer = await client.download(target);
  if (typeof offer.packageText !== 'string' && 'reference' in target) {
    await client.compose(target.reference, target.tau);
    offer = await client.download(target);
  }
  const known = checkOffer(offer, asked).package;
  if (known?.digest === digest)
    return { manifest: known.manifest, digest, signature: offer.signature ?? undefined };
  await rm(work, { recursive: true, force: true });
  throw damaged(`its package has the digest ${digest}, and the registry says ${known?.digest ?? 'nothing'}`);
}
