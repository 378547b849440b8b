import {
  type Architecture,
  type ChannelSet,
  fullSet,
  type ParameterSpec,
  parameterSpecs,
  type ShapesByName,
} from '@moda/nn/graph';

import { placesIn } from './ascending.js';

/** What one parameter of a cut network keeps of the whole network's parameter of the same name. */
export interface ParameterCut {
  readonly spec: ParameterSpec;
  /** Per axis the positions that stay, ascending; undefined where all do. */
  readonly kept: readonly (Int32Array | undefined)[];
}

/**
 * Every parameter of a cut network, in forward order: a kernel loses the outputs that its layer lost and the inputs that the layer
 * before it lost; all else goes with the outputs.
 */
export function parameterCuts(
  whole: { readonly architecture: Architecture; readonly shapes: ShapesByName },
  cut: { readonly architecture: Architecture; readonly shapes: ShapesByName },
): ParameterCut[] {
  const operators = new Map(whole.architecture.operators.map((operator) => [operator.name, operator]));
  const channels = (shapes: ShapesByName, name: string): ChannelSet =>
    shapes.get(name)?.channels ?? fullSet(0);
  const left = (name: string) => placesIn(channels(whole.shapes, name), channels(cut.shapes, name));
  return parameterSpecs(cut.architecture, cut.shapes).map((spec) => {
    const outputs = left(spec.operator);
    if (spec.kind !== 'kernel') return { spec, kept: [outputs] };
    const operator = operators.get(spec.operator);
    switch (operator?.op) {
      case 'depthwise':
        return { spec, kept: [undefined, undefined, outputs, undefined] };
      case 'conv':
        return { spec, kept: [undefined, undefined, left(operator.inputs[0] ?? ''), outputs] };
      case 'dense':
        return { spec, kept: [left(operator.inputs[0] ?? ''), outputs] };
      default:
        throw new Error(`operator ${spec.operator} has no kernel`);
    }
  });
}
