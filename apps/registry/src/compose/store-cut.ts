import type { BlobStore } from '@moda/blob-store';
import { type CutPlan, derivedPackage } from '@moda/moda/surgery';
import { serialisePackage, signPackage } from '@moda/module-format';
import type { Catalogue, CompositionRecord } from '../catalogue/catalogue.js';
import type { Trust } from '../keys/trust.js';

/**
 * Stores a composition: its weights, `module.json` and package manifest, then the row that refers to them. A kill on the way leaves
 * blobs that nothing refers to.
 */
export async function storeCut(
  { catalogue, blobs, trust }: { catalogue: Catalogue; blobs: BlobStore; trust: Pick<Trust, 'own'> },
  plan: CutPlan,
  weights: { readonly first: AsyncIterable<Uint8Array>; readonly again: () => AsyncIterable<Uint8Array> },
): Promise<CompositionRecord> {
  const expected = { sizeBytes: plan.weightsBytes };
  const stored = await blobs.put(weights.first, { expected });
  const packageManifest = derivedPackage(plan, stored);
  const manifestBytes = Buffer.from(plan.manifestText);
  const packageBytes = Buffer.from(serialisePackage(packageManifest));
  const manifest = await blobs.put(manifestBytes);
  const { digest } = await blobs.put(packageBytes);
  const composition = await catalogue.completeComposition(plan.derivationDigest, {
    digest,
    package: packageManifest,
    signature: signPackage(packageManifest, trust.own),
  });
  if (!composition) throw new Error(`no composition ${plan.derivationDigest} is noted`);

  // From here on the collector spares them. Until now it could have removed one that had lain here unreferenced before.
  if (!(await blobs.has(stored.digest))) await blobs.put(weights.again(), { expected });
  if (!(await blobs.has(manifest.digest))) await blobs.put(manifestBytes);
  if (!(await blobs.has(digest))) await blobs.put(packageBytes);
  return composition;
}
