import type { Architecture } from '../graph/architecture.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { OperatorChain } from './operator-chain.js';

/**
 * ResNet18 (He et al. 2016) as used for 32x32 images: a 3x3 stem of 64 channels with stride 1 and no pool, two basic blocks each of 64,
 * 128, 256 and 512 channels, convolutions without bias, a 1x1 projection where the shape changes, global average pool, one
 * dense layer. The stem stays the same for larger images.
 */
export function resnet18({ input, classes }: ArchitectureOptions): Architecture {
  const chain = new OperatorChain();
  chain.conv('conv1', 64, { size: 3, padding: 1 }).batchNorm('bn1').relu('relu');
  let width = 64;
  [64, 128, 256, 512].forEach((channels, stage) => {
    for (let block = 0; block < 2; block++) {
      const stride = block === 0 && stage > 0 ? 2 : 1;
      basicBlock(chain, `layer${stage + 1}.${block}`, {
        channels,
        stride,
        project: stride !== 1 || width !== channels,
      });
      width = channels;
    }
  });
  chain.globalPool('avgpool').dense('fc', classes);
  return { name: 'resnet18', input, operators: chain.operators };
}

interface BlockOptions {
  readonly channels: number;
  readonly stride: number;
  /** Whether the shortcut is a 1x1 convolution rather than the identity. */
  readonly project: boolean;
}

function basicBlock(chain: OperatorChain, name: string, { channels, stride, project }: BlockOptions): void {
  const entry = chain.last;
  chain
    .conv(`${name}.conv1`, channels, { size: 3, stride, padding: 1 })
    .batchNorm(`${name}.bn1`)
    .relu(`${name}.relu1`)
    .conv(`${name}.conv2`, channels, { size: 3, padding: 1 })
    .batchNorm(`${name}.bn2`);
  const main = chain.last;
  let shortcut = entry;
  if (project) {
    chain.last = entry;
    chain.conv(`${name}.downsample.0`, channels, { size: 1, stride }).batchNorm(`${name}.downsample.1`);
    shortcut = chain.last;
    chain.last = main;
  }
  chain.add(`${name}.add`, shortcut, channels).relu(`${name}.relu2`);
}
