import type { ChannelSet } from '../../graph/architecture.js';
import { positionsOf } from '../../graph/channel-set.js';
import type { OutputShape } from '../../graph/shapes.js';
import type { StockLayer } from './layers-graph.js';
import { conv2d, dense } from './stock-layers.js';

/**
 * A fixed layer of ones and zeros that brings an output to the channels of `target`: a 1x1 convolution, or for a flat output a dense
 * layer. What the output lacks is zero, what the target lacks is dropped.
 */
export function alignLayer({ channels, flat }: OutputShape, target: ChannelSet): StockLayer {
  const [inputs, outputs] = [channels.kept.length, target.kept.length];
  const data = new Float32Array(inputs * outputs);
  positionsOf(target, channels).forEach((position, output) => {
    if (position >= 0) data[position * outputs + output] = 1;
  });
  return flat
    ? dense({ shape: [inputs, outputs], data }, undefined, false)
    : conv2d(
        { size: 1, stride: 1, padding: 'valid' },
        { shape: [1, 1, inputs, outputs], data },
        undefined,
        false,
      );
}
