import fc from 'fast-check';
import type { Architecture, ChannelSet, Operator } from '../architecture.js';

/** A set of one to `most` channels of which at least one is present. */
function channelSet(most: number): fc.Arbitrary<ChannelSet> {
  return fc.integer({ min: 1, max: most }).chain(channelSetOf);
}

function channelSetOf(of: number): fc.Arbitrary<ChannelSet> {
  return fc
    .subarray(
      Array.from({ length: of }, (_, channel) => channel),
      { minLength: 1 },
    )
    .map((kept) => ({ of, kept }));
}

/**
 * Small networks with every way that channel sets meet: conv, batch norm, relu, a residual addition and a depthwise convolution
 * with sets of their own, optional pool, flatten or global pool, one or two dense layers. Maps are not square.
 */
export const arbitraryArchitecture: fc.Arbitrary<Architecture> = channelSet(5)
  .chain((stem) =>
    fc.record({
      stem: fc.constant(stem),
      branch: channelSetOf(stem.of),
      sum: channelSetOf(stem.of),
      depthwise: channelSetOf(stem.of),
      hidden: channelSet(4),
      logits: channelSet(4),
      bias: fc.boolean(),
      pool: fc.boolean(),
      flatten: fc.boolean(),
      height: fc.integer({ min: 2, max: 4 }),
      width: fc.integer({ min: 2, max: 5 }),
    }),
  )
  .map(({ stem, branch, sum, depthwise, hidden, logits, bias, pool, flatten, height, width }) => {
    const window = { size: 3, stride: 1, padding: 1, bias };
    const operators: Operator[] = [
      { op: 'conv', name: 'stem', inputs: ['input'], channels: stem, ...window },
      { op: 'batchNorm', name: 'stem.bn', inputs: ['stem'], epsilon: 1e-5 },
      { op: 'relu', name: 'stem.relu', inputs: ['stem.bn'], tracked: true },
      { op: 'conv', name: 'branch', inputs: ['stem.relu'], channels: branch, ...window },
      { op: 'add', name: 'sum', inputs: ['branch', 'stem.relu'], channels: sum },
      { op: 'depthwise', name: 'depthwise', inputs: ['sum'], channels: depthwise, ...window },
      { op: 'relu', name: 'depthwise.relu', inputs: ['depthwise'], tracked: false },
    ];
    let last = 'depthwise.relu';
    const push = (operator: Operator) => {
      operators.push(operator);
      last = operator.name;
    };
    if (pool) push({ op: 'maxPool', name: 'pool', inputs: [last], size: 2, stride: 1 });
    push({ op: flatten ? 'flatten' : 'globalPool', name: 'flat', inputs: [last] });
    push({ op: 'dense', name: 'hidden', inputs: [last], channels: hidden, bias });
    push({ op: 'relu', name: 'hidden.relu', inputs: [last], tracked: true });
    push({ op: 'dense', name: 'logits', inputs: [last], channels: logits, bias: true });
    return { name: 'arbitrary', input: { height, width, channels: 2 }, operators };
  });
