import type { Architecture } from '../graph/architecture.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { OperatorChain } from './operator-chain.js';

/** Channels of each convolution, and whether a 2x2 max pool follows. */
const layers: readonly (readonly [channels: number, pool: boolean])[] = [
  [16, true],
  [32, false],
  [32, true],
  [64, false],
  [64, false],
  [64, true],
];

/**
 * A small network for small images, cheap enough to train in minutes on two processor cores (10 million multiply-adds for a 32x32 grey
 * image): six 3x3 convolutions without bias, each with batch norm and ReLU, three 2x2 max pools, dense layers of 512 and
 * `classes`. The first pool comes early because the widest maps cost the most memory traffic. Needs 8 pixels each way.
 */
export function compact({ input, classes }: ArchitectureOptions): Architecture {
  const chain = new OperatorChain();
  let index = 0;
  for (const [channels, pool] of layers) {
    chain
      .conv(`features.${index}`, channels, { size: 3, padding: 1 })
      .batchNorm(`features.${index + 1}`)
      .relu(`features.${index + 2}`);
    index += 3;
    if (pool) chain.maxPool(`features.${index++}`, 2);
  }
  chain.flatten('flatten').dense('classifier.0', 512).relu('classifier.1').dense('classifier.2', classes);
  return { name: 'compact', input, operators: chain.operators };
}
