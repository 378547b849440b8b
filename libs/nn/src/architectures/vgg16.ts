import type { Architecture } from '../graph/architecture.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { OperatorChain } from './operator-chain.js';

const blocks = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

/**
 * VGG16 with batch normalisation (Simonyan and Zisserman 2015), as used for 32x32 images: five blocks of 3x3 convolutions with bias,
 * each followed by batch norm and ReLU, a 2x2 max pool after each block, dense layers of 4096, 4096 and `classes`, no dropout.
 * Needs 32 pixels each way; a larger image only makes the flattened map larger.
 */
export function vgg16({ input, classes }: ArchitectureOptions): Architecture {
  const chain = new OperatorChain();
  let index = 0;
  for (const block of blocks) {
    for (const channels of block) {
      chain
        .conv(`features.${index}`, channels, { size: 3, padding: 1, bias: true })
        .batchNorm(`features.${index + 1}`)
        .relu(`features.${index + 2}`);
      index += 3;
    }
    chain.maxPool(`features.${index++}`, 2);
  }
  chain
    .flatten('flatten')
    .dense('classifier.0', 4096)
    .relu('classifier.1')
    .dense('classifier.2', 4096)
    .relu('classifier.3')
    .dense('classifier.4', classes);
  return { name: 'vgg16', input, operators: chain.operators };
}
