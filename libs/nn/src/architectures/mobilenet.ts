import type { Architecture } from '../graph/architecture.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { OperatorChain } from './operator-chain.js';

/** Channels and stride of each pair of depthwise and pointwise convolution. */
const blocks: readonly (readonly [channels: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

/**
 * MobileNet v1 (Howard et al. 2017) as used for 32x32 images: a 3x3 stem of 32 channels with stride 1, then thirteen pairs of a 3x3
 * depthwise and a 1x1 pointwise convolution, batch norm and ReLU after each, global average pool, one dense layer. The stem
 * stays the same for larger images.
 */
export function mobilenet({ input, classes }: ArchitectureOptions): Architecture {
  const chain = new OperatorChain();
  let width = 32;
  chain.conv('conv1', width, { size: 3, padding: 1 }).batchNorm('bn1').relu('relu');
  blocks.forEach(([channels, stride], index) => {
    const name = `layers.${index}`;
    chain
      .depthwise(`${name}.conv1`, width, { size: 3, stride, padding: 1 })
      .batchNorm(`${name}.bn1`)
      .relu(`${name}.relu1`)
      .conv(`${name}.conv2`, channels, { size: 1 })
      .batchNorm(`${name}.bn2`)
      .relu(`${name}.relu2`);
    width = channels;
  });
  chain.globalPool('avgpool').dense('linear', classes);
  return { name: 'mobilenet', input, operators: chain.operators };
}
