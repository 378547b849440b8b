import { priceList } from '@moda/moda/surgery';
import type { ActivationRates, ModelManifest } from '@moda/module-format';
import type { Architecture } from '@moda/nn/graph';
import type { ModuleFacts } from '../catalogue/catalogue.js';
import { accuracyOf } from './metrics.js';

/** What each class costs at threshold tau, from channel sets alone. */
export async function moduleFacts(
  model: {
    readonly manifest: ModelManifest;
    readonly architecture: Architecture;
    readonly rates: ActivationRates;
  },
  tau: number,
): Promise<ModuleFacts[]> {
  const prices = priceList(model, tau);
  const facts: ModuleFacts[] = [];
  for (const { index, name, sourceLabel } of model.manifest.classes) {
    const price = prices.price([index], []);
    facts.push({
      classIndex: index,
      className: name,
      sourceLabel,
      parameters: price.parameters,
      share: price.share,
      flops: price.flops,
      flopsShare: price.flopsShare,
      bytes: price.weightsBytes,
      accuracy: accuracyOf(model.manifest, index),
    });
    // A thousand classes take seconds, and others wait.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return facts;
}
