import { isModaError } from '@moda/contracts';
import {
  derivationDigest,
  packageDigest,
  type PackageFile,
  type PackageManifest,
  type SignatureState,
} from '@moda/module-format';
import { packageOfFolder, verifyFolder } from '../package/verify-folder.js';
import type { CheckedOffer } from './check-offer.js';
import type { SignatureRules } from './check-signature.js';

/** What is in the folder, where that is the package that is wanted. */
export async function alreadyThere(
  folder: string,
  checked: CheckedOffer,
  options: { readonly digest?: string | undefined; readonly signatures: SignatureRules },
): Promise<
  | {
      readonly digest: string;
      readonly files: readonly PackageFile[];
      readonly signature: SignatureState;
    }
  | undefined
> {
  let manifest: PackageManifest | undefined;
  try {
    manifest = await packageOfFolder(folder);
  } catch (error) {
    // Whatever it is, it is in the way, and that is said when the folder is needed.
    if (isModaError(error)) return undefined;
    throw error;
  }
  if (!manifest) return undefined;
  const digest = packageDigest(manifest);
  const same = checked.package
    ? digest === checked.package.digest
    : manifest.derivation !== undefined && derivationDigest(manifest.derivation) === checked.identity;
  if (!same || (options.digest !== undefined && digest !== options.digest)) return undefined;
  const { intact, files, signature } = await verifyFolder(folder, options.signatures.trusted);
  if (!intact) return undefined;
  if (signature.state !== 'trusted' && !(signature.state === 'unsigned' && options.signatures.allowUnsigned))
    return undefined;
  return {
    digest,
    files: files.map(({ path, digest, sizeBytes }) => ({ path, digest, sizeBytes })),
    signature,
  };
}
