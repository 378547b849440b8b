import type { Architecture } from './architecture.js';
import { inferShapes } from './infer-shapes.js';
import { parameterSpecs } from './parameters.js';
import type { ParameterSpec, ShapesByName } from './shapes.js';

/** Values in the trainable parameters: kernels, biases, batch norm's scales and offsets. */
export function countParameters(architecture: Architecture): number {
  return sumOf(parameterSpecs(architecture).filter(({ role }) => role === 'trainable'));
}

/** Values in all parameters, batch norm's running means and variances included. */
export function countState(architecture: Architecture): number {
  return sumOf(parameterSpecs(architecture));
}

function sumOf(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
}

/** Multiply-adds of one operator for one image. */
export interface LayerFlops {
  readonly name: string;
  readonly flops: number;
}

/**
 * Floating-point operations for one image, counted as multiply-adds (one multiplication and one addition are one) of
 * convolutions, depthwise convolutions and dense layers; biases, normalisation, activations and pools are not counted. Padding
 * counts as if it were image. Layers without such operations are left out.
 *
 * conv: h' w' k^2 in out; depthwise: h' w' k^2 channels; dense: in out, all over the channels that are present.
 */
export function countFlopsPerLayer(
  architecture: Architecture,
  shapes: ShapesByName = inferShapes(architecture),
): LayerFlops[] {
  const kernels = parameterSpecs(architecture, shapes).filter(({ kind }) => kind === 'kernel');
  return kernels.map(({ operator, shape }) => {
    const output = shapes.get(operator);
    const positions = output ? output.height * output.width : 0;
    return { name: operator, flops: positions * shape.reduce((product, extent) => product * extent, 1) };
  });
}

/** Multiply-adds of the whole network for one image; see `countFlopsPerLayer` for what counts. */
export function countFlops(architecture: Architecture): number {
  return countFlopsPerLayer(architecture).reduce((sum, { flops }) => sum + flops, 0);
}
