import { ModaError } from '@moda/contracts';
import {
  type PackageManifest,
  type PackageSignature,
  type SignatureState,
  type TrustedKey,
  verifyPackage,
} from '@moda/module-format';

export interface SignatureRules {
  readonly trusted: readonly TrustedKey[];
  /** Whether packages without a signature are taken. Signatures that are there have to be right all the same. */
  readonly allowUnsigned: boolean;
}

/**
 * What the signature of a package is worth, if that is enough.
 *
 * @throws ModaError SIGNATURE_MISSING, SIGNATURE_UNKNOWN_KEY, SIGNATURE_WRONG
 */
export function checkSignature(
  manifest: PackageManifest,
  signature: PackageSignature | undefined,
  { trusted, allowUnsigned }: SignatureRules,
): SignatureState {
  const found = verifyPackage(manifest, signature, trusted);
  switch (found.state) {
    case 'trusted':
      return found;
    case 'unsigned':
      if (allowUnsigned) return found;
      throw new ModaError(
        'SIGNATURE_MISSING',
        'The package is not signed; take it with --allow-unsigned if you trust where it comes from.',
      );
    case 'unknownKey':
      throw new ModaError(
        'SIGNATURE_UNKNOWN_KEY',
        `The package is signed by the key ${found.keyId}, which is not trusted here; ` +
          'get the public key from its owner and add it with `moda keys trust`.',
        { keyId: found.keyId },
      );
    case 'wrong':
      throw new ModaError(
        'SIGNATURE_WRONG',
        `The signature names the key ${found.keyId}, but that key did not sign this package; do not use it.`,
        { keyId: found.keyId },
      );
  }
}
