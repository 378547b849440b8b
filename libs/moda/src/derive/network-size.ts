import { safetensorsHeaderBytes } from '@moda/module-format';
import { type Architecture, type ParameterSpec, parameterSpecs, type ShapesByName } from '@moda/nn/graph';

/** What a network weighs and costs. */
export interface NetworkSize {
  /** Trainable values. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  /** Bytes of its `weights.safetensors`, header included. */
  readonly weightsBytes: number;
}

/** Sizes of a network from its shapes alone, as `countParameters`, `countFlops` and the file itself would give them. */
export function networkSize(architecture: Architecture, shapes: ShapesByName): NetworkSize {
  const specs = parameterSpecs(architecture, shapes);
  let flops = 0;
  for (const { operator, kind, shape } of specs) {
    const output = kind === 'kernel' ? shapes.get(operator) : undefined;
    if (output) flops += output.height * output.width * product(shape);
  }
  return { parameters: trainableValues(specs), flops, weightsBytes: weightsHeader(specs).sizeBytes };
}

/** Trainable values among the parameters. */
export function trainableValues(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { role, shape }) => (role === 'trainable' ? sum + product(shape) : sum), 0);
}

/** The header of a `weights.safetensors` with these parameters, and where each of them lies. */
export function weightsHeader(specs: readonly ParameterSpec[]): ReturnType<typeof safetensorsHeaderBytes> {
  return safetensorsHeaderBytes(specs.map(({ name, shape }) => ({ name, dtype: 'F32', shape })));
}

function product(shape: readonly number[]): number {
  return shape.reduce((values, extent) => values * extent, 1);
}
