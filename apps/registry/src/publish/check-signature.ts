import {
  type PackageManifest,
  type PackageSignature,
  parseSignature,
  verifyPackage,
} from '@moda/module-format';
import type { Trust } from '../keys/trust.js';
import { orProblem, type Problem, problem } from '../problem/problem.js';

/** The signature of a package that may be published, undefined where it has none and needs none. */
export async function checkSignature(
  manifest: PackageManifest,
  given: unknown,
  { trusted, allowUnsigned }: Trust,
): Promise<{ readonly kind: 'signed'; readonly signature: PackageSignature | undefined } | Problem> {
  return orProblem(() => {
    const signature = given === undefined || given === null ? undefined : parseSignature(given);
    const verdict = verifyPackage(manifest, signature, trusted);
    switch (verdict.state) {
      case 'trusted':
        return { kind: 'signed', signature };
      case 'unsigned':
        if (allowUnsigned) return { kind: 'signed', signature: undefined };
        return problem(
          'SIGNATURE_MISSING',
          'The package is not signed; publish it with `moda publish`, which signs, or start the registry with MODA_ALLOW_UNSIGNED=true.',
        );
      case 'unknownKey':
        return problem(
          'SIGNATURE_UNKNOWN_KEY',
          `The package is signed by the key ${verdict.keyId}, which this registry does not trust; add its public key to the trusted keys (\`moda keys show\`, \`moda keys trust\`).`,
          { details: { keyId: verdict.keyId } },
        );
      case 'wrong':
        return problem(
          'SIGNATURE_WRONG',
          `The signature names the key ${verdict.keyId}, but that key did not sign this package; publish the package anew.`,
          { details: { keyId: verdict.keyId } },
        );
    }
  });
}
