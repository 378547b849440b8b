import { parseManifest, renderModelCard } from '@moda/module-format';
import { countFlops, countParameters, parseArchitecture } from '@moda/nn/graph';

/** The card of a model that was cut, from the text of its `module.json`. */
export function cardOfCut(manifestText: string): string {
  const manifest = parseManifest(manifestText);
  const architecture = parseArchitecture(manifest.architecture);
  return renderModelCard(manifest, {
    parameters: countParameters(architecture),
    flops: countFlops(architecture),
  });
}
