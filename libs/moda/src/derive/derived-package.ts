import { type PackageManifest, sha256 } from '@moda/module-format';

import type { CutPlan } from './plan-cut.js';

/** The package of a module or composition, once the digest of its weights is known. */
export function derivedPackage(plan: CutPlan, weights: { readonly digest: string }): PackageManifest {
  const manifest = new TextEncoder().encode(plan.manifestText);
  return {
    formatVersion: 1,
    files: [
      { path: 'module.json', digest: sha256(manifest), sizeBytes: manifest.length },
      { path: 'weights.safetensors', digest: weights.digest, sizeBytes: plan.weightsBytes },
    ],
    derivation: plan.derivation,
  };
}
