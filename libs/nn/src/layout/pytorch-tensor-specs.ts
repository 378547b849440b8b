import type { Architecture, Operator } from '../graph/architecture.js';
import { inferShapes } from '../graph/infer-shapes.js';
import { parameterSpecs } from '../graph/parameters.js';
import type { ParameterKind, ParameterSpec } from '../graph/shapes.js';
import { pytorchUnitOrder } from './flatten-order.js';
import type { Transposition } from './transpose.js';

/** How one parameter is called, shaped and ordered in PyTorch. */
export interface PytorchTensorSpec {
  readonly parameter: ParameterSpec;
  /** `<operator>.weight`, `.bias`, `.running_mean` or `.running_var`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** What takes the native values to PyTorch's order; absent for vectors, which are the same in both. */
  readonly transposition?: Transposition;
}

const suffixes: Readonly<Record<ParameterKind, string>> = {
  kernel: 'weight',
  bias: 'bias',
  scale: 'weight',
  offset: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
};

/** One for every parameter of the architecture, in forward order. */
export function pytorchTensorSpecs(architecture: Architecture): PytorchTensorSpec[] {
  const shapes = inferShapes(architecture);
  const unitOrders = pytorchUnitOrder(architecture, shapes);
  const operators = new Map(architecture.operators.map((operator) => [operator.name, operator]));
  return parameterSpecs(architecture, shapes).map((parameter) => {
    const operator = operators.get(parameter.operator);
    return {
      parameter,
      name: `${parameter.operator}.${suffixes[parameter.kind]}`,
      ...arrangement(parameter.shape, operator?.op, unitOrders.get(operator?.inputs[0] ?? '')),
    };
  });
}

function arrangement(
  shape: readonly number[],
  op: Operator['op'] | undefined,
  unitOrder: Uint32Array | undefined,
): Pick<PytorchTensorSpec, 'shape' | 'transposition'> {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  switch (shape.length) {
    case 4: // [kh, kw, in, out] -> [out, in, kh, kw]; depthwise [kh, kw, channel, 1] -> [channel, 1, kh, kw]
      return {
        shape: op === 'depthwise' ? [c, d, a, b] : [d, c, a, b],
        transposition: { rows: a * b * c, columns: d, rowOrder: windowOrder(a * b, c) },
      };
    case 2: // [in, out] -> [out, in]
      return { shape: [b, a], transposition: { rows: a, columns: b, rowOrder: unitOrder } };
    default:
      return { shape };
  }
}

/** Row (window, in) of a native kernel is row (in, window) in PyTorch. */
function windowOrder(window: number, channels: number): Uint32Array {
  return Uint32Array.from({ length: window * channels }, (_, row) => {
    return (row % channels) * window + Math.floor(row / channels);
  });
}
