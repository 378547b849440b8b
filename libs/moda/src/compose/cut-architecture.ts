import {
  type Architecture,
  type ChannelSet,
  fullSet,
  inferShapes,
  type Operator,
  type ShapesByName,
} from '@moda/nn/graph';

import { inBoth, inEither } from './ascending.js';
import { type Cut, outputSet, reluMasks } from './cut.js';
import { checkCut, requirePresent } from './check-cut.js';

/**
 * The architecture that is left when each tracked layer keeps only the given units: for every network the same walk, from the
 * output back to the image, in which an operator yields those of its channels that its readers want.
 *
 * - Share: a tracked ReLU wants the units that it keeps, and batch norms and pools hand that on to what produces them.
 * - Intersect: a sum wants of the convolution on each branch its own set, and so does a depthwise convolution of the layer
 *   before it. What several operators read stays for all of them, so that an identity shortcut keeps what it has.
 * - Embed with zeros: a channel of a sum or a depthwise convolution that its input lacks stays; the operator's own set says so.
 * - Expand across flatten: a dense layer reads whatever its input has, position by position of a flattened map.
 *
 * Where a layer and the depthwise convolution after it keep no unit in common, the layer keeps the lowest unit of the
 * depthwise convolution instead of its own, as the method's authors do.
 *
 * The result computes what the whole network would if all other units of its tracked layers were zero. Layers that are not
 * tracked lose only what nothing reads any more. An architecture that is itself cut can be cut further.
 *
 * @throws ModaError PARAMETER_MISMATCH where the cut is of another network or keeps a unit that this one lacks, CLASS_UNKNOWN
 *   for a class without an output, ARCHITECTURE_INVALID where a tracked ReLU shares its input with one that needs all of it
 */
export function cutArchitecture(architecture: Architecture, cut: Cut): Architecture {
  return cutWithShapes(architecture, cut, inferShapes(architecture)).architecture;
}

/** The same for callers that know the shapes of the whole network and need those of the result. */
export function cutWithShapes(
  architecture: Architecture,
  cut: Cut,
  shapes: ShapesByName,
): { architecture: Architecture; shapes: ShapesByName } {
  const outputs = outputSet(architecture, shapes, cut);
  const masks = reluMasks(architecture, shapes, cut);
  const wanted = new Map<string, ChannelSet>();
  const want = (name: string, set: ChannelSet) => wanted.set(name, inEither(wanted.get(name) ?? set, set));

  const wantedByRelu = new Map<string, ChannelSet>();

  const backwards = [...architecture.operators].reverse().map((operator, i) => {
    const set = i === 0 ? outputs : (wanted.get(operator.name) ?? present(shapes, operator.name));
    const own = keepOnly(operator, set);
    for (const input of operator.inputs) {
      const wantedOfInput = wantedOf(own, set, present(shapes, input), masks.get(operator.name));
      if (masks.has(operator.name)) wantedByRelu.set(operator.name, wantedOfInput);
      want(input, wantedOfInput);
    }
    return own;
  });
  const result = { ...architecture, operators: backwards.reverse() };
  return { architecture: result, shapes: checkCut(result, wantedByRelu, outputs) };
}

function present(shapes: ShapesByName, name: string): ChannelSet {
  return shapes.get(name)?.channels ?? fullSet(0);
}

function keepOnly(operator: Operator, set: ChannelSet): Operator {
  if (!('channels' in operator)) return operator;
  return { ...operator, channels: atLeastOne(inBoth(operator.channels, set), operator.channels) };
}

/** Channels that an operator wants of an input: of those it could have, not only of those that are present. */
function wantedOf(
  operator: Operator,
  ownWanted: ChannelSet,
  input: ChannelSet,
  mask: ChannelSet | undefined,
): ChannelSet {
  switch (operator.op) {
    case 'conv':
    case 'dense':
    case 'flatten':
    case 'concat':
      return input.kept.length === input.of ? input : fullSet(input.of);
    case 'add':
    case 'depthwise':
      return operator.channels;
    case 'relu': {
      if (!mask) return ownWanted;
      const units = atLeastOne(inBoth(mask, ownWanted), ownWanted);
      requirePresent(operator.name, units, input);
      return units;
    }
    case 'batchNorm':
    case 'maxPool':
    case 'globalPool':
    case 'softmax':
      return ownWanted;
  }
}

/** The set, or the lowest channel of `fallback` where it is empty: an operator without channels would not be one. */
function atLeastOne(set: ChannelSet, fallback: ChannelSet): ChannelSet {
  return set.kept.length > 0 ? set : { of: set.of, kept: fallback.kept.slice(0, 1) };
}
