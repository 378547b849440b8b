import { ModaError } from '@moda/contracts';
import type { ModelManifest, PackageManifest } from '@moda/module-format';
import { countFlops, countParameters } from '@moda/nn/graph';
import type { ReleaseFacts } from '../catalogue/catalogue.js';
import { type DescribedModel, fileOf } from '../parents/read-model.js';
import { defaultTau } from './limits.js';
import { accuracyOf } from './metrics.js';
import { moduleFacts } from './module-facts.js';

/**
 * What the catalogue keeps of a checked model.
 *
 * @throws ModaError LICENSE_MISSING, MODEL_INVALID
 */
export async function releaseFacts(
  packageManifest: PackageManifest,
  { manifest, architecture, rates }: DescribedModel,
): Promise<ReleaseFacts> {
  const { license } = manifest;
  if (license === undefined)
    throw new ModaError(
      'LICENSE_MISSING',
      'The manifest module.json names no licence; publish with --license and an SPDX identifier such as Apache-2.0.',
    );
  const weights = fileOf(packageManifest, 'weights.safetensors');
  if (!weights) throw new ModaError('PACKAGE_INVALID', 'The package has no weights; publish the model anew.');
  const tau = tauOf(manifest);
  return {
    manifest,
    architecture: architecture.name,
    input: architecture.input,
    dataset: manifest.dataset?.name,
    license,
    parameters: countParameters(architecture),
    flops: countFlops(architecture),
    weightsBytes: weights.sizeBytes,
    weightsDigest: weights.digest,
    ratesDigest: fileOf(packageManifest, 'rates.safetensors')?.digest,
    tau,
    accuracy: accuracyOf(manifest),
    modules: rates ? await moduleFacts({ manifest, architecture, rates }, tau) : [],
  };
}

/** The threshold that the publisher recommends, in `extra`. */
function tauOf({ extra }: ModelManifest): number {
  const tau = extra && Object.hasOwn(extra, 'tau') ? extra['tau'] : undefined;
  return typeof tau === 'number' && tau >= 0 && tau <= 1 ? tau : defaultTau;
}
