import type { Architecture, Operator } from './architecture.js';
import { inferShapes } from './infer-shapes.js';
import type { ParameterKind, ParameterSpec, ShapesByName, TrackedLayer } from './shapes.js';

/**
 * Every parameter that an architecture needs, in forward order, each with its native shape. Shapes count the channels that are
 * present: a module's kernels are smaller than those of the network it comes from.
 */
export function parameterSpecs(
  architecture: Architecture,
  shapes: ShapesByName = inferShapes(architecture),
): ParameterSpec[] {
  return architecture.operators.flatMap((operator) => {
    const inputChannels = shapes.get(operator.inputs[0] ?? '')?.channels.kept.length ?? 0;
    return [...kindsOf(operator, inputChannels)].map(([kind, shape]): ParameterSpec => ({
      name: `${operator.name}/${kind}`,
      operator: operator.name,
      kind,
      role: kind === 'mean' || kind === 'variance' ? 'statistic' : 'trainable',
      shape,
    }));
  });
}

function kindsOf(operator: Operator, inputChannels: number): Map<ParameterKind, readonly number[]> {
  const kinds = new Map<ParameterKind, readonly number[]>();
  switch (operator.op) {
    case 'conv':
      kinds.set('kernel', [operator.size, operator.size, inputChannels, operator.channels.kept.length]);
      break;
    case 'depthwise':
      kinds.set('kernel', [operator.size, operator.size, operator.channels.kept.length, 1]);
      break;
    case 'dense':
      kinds.set('kernel', [inputChannels, operator.channels.kept.length]);
      break;
    case 'batchNorm':
      for (const kind of ['scale', 'offset', 'mean', 'variance'] as const) kinds.set(kind, [inputChannels]);
      break;
    default:
      break;
  }
  if ('bias' in operator && operator.bias) kinds.set('bias', [operator.channels.kept.length]);
  return kinds;
}

/** The layers whose units the method tracks, in forward order. */
export function trackedLayers(
  architecture: Architecture,
  shapes: ShapesByName = inferShapes(architecture),
): TrackedLayer[] {
  return architecture.operators.flatMap((operator) => {
    const shape = shapes.get(operator.name);
    if (operator.op !== 'relu' || !operator.tracked || !shape) return [];
    return [{ name: operator.name, channels: shape.channels, height: shape.height, width: shape.width }];
  });
}
