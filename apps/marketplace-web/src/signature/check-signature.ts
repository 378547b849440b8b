import { type SignatureState, type TrustedKey, verifyPackage } from '@moda/module-format';
import type { ParentDownload } from '../compose/parent-download';
import { readPackage } from '../compose/read-package';

/** What came as a package and who is said to vouch for it. */
export type SignedOffer = Pick<ParentDownload, 'digest' | 'packageText' | 'signature'>;

/**
 * What the signature of a package is worth to a reader who trusts these keys. By the very code of `moda pull`, so that a page and a
 * terminal never disagree, and where a page has no right to the browser's own cryptography, too.
 *
 * @throws ModaError VERIFICATION_FAILED where the list of files is not the one that the digest names, PACKAGE_INVALID,
 *   SIGNATURE_INVALID, SIGNING_KEY_INVALID
 */
export async function checkSignature(
  offer: SignedOffer,
  trusted: readonly TrustedKey[],
): Promise<SignatureState> {
  const manifest = await readPackage(offer);
  const { signature } = offer;
  if (signature === undefined) return verifyPackage(manifest, undefined, trusted);
  const { keyId, signature: text } = signature;
  // The form of what the registry said is looked at first.
  return verifyPackage(
    manifest,
    { algorithm: signature.algorithm as 'ed25519', keyId, signature: text },
    trusted,
  );
}
