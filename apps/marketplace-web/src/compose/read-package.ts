import { ModaError } from '@moda/contracts';
import { type PackageManifest, parsePackage } from '@moda/module-format';
import { digestOf } from './digest-of';
import type { ParentDownload } from './parent-download';

/**
 * The package of a model, as its digest names it.
 *
 * @throws ModaError VERIFICATION_FAILED where the text has another digest, PACKAGE_INVALID
 */
export async function readPackage({
  digest,
  packageText,
}: Pick<ParentDownload, 'digest' | 'packageText'>): Promise<PackageManifest> {
  if ((await digestOf(new TextEncoder().encode(packageText))) !== digest)
    throw new ModaError(
      'VERIFICATION_FAILED',
      'The list of files that came is not the one that the digest of the model names; load the page again.',
      { digest },
    );
  return parsePackage(packageText);
}
