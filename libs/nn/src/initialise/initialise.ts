import type { Architecture, Operator } from '../graph/architecture.js';
import { inferShapes } from '../graph/infer-shapes.js';
import type { HostTensor, Network } from '../graph/network.js';
import { parameterSpecs } from '../graph/parameters.js';
import type { ParameterSpec } from '../graph/shapes.js';
import { fillNormal, fillUniform } from './distributions.js';
import { randomStream } from './random-stream.js';

/**
 * How kernels and biases start.
 * - `kaimingFanOut`: convolutions N(0, 2 / fan-out) with fan-out = k^2 out (He et al. 2015; for a depthwise convolution k^2 channels, as
 *   PyTorch counts it), dense layers N(0, 0.01^2), biases 0.
 * - `fanInUniform`: kernels and biases uniform on +-1/sqrt(fan-in), fan-in = k^2 in or in: PyTorch's default.
 */
export type InitialisationScheme = 'kaimingFanOut' | 'fanInUniform';

/**
 * A network with batch norm starts with `kaimingFanOut`; one without (LeNet5) with `fanInUniform`, since nothing would scale up the
 * small outputs of dense layers that start at 0.01.
 */
export function initialisationScheme(architecture: Architecture): InitialisationScheme {
  return architecture.operators.some(({ op }) => op === 'batchNorm') ? 'kaimingFanOut' : 'fanInUniform';
}

/**
 * A network with fresh parameters; batch norm starts with scale 1, offset 0, mean 0 and variance 1. The same seed gives the same
 * bits on every machine and version of Node: each parameter draws from a stream of its own, named by seed and parameter, with
 * arithmetic that IEEE 754 defines exactly, and is rounded to float32 once.
 *
 * @param seed a whole number
 */
export function initialise(
  architecture: Architecture,
  seed: number,
  scheme: InitialisationScheme = initialisationScheme(architecture),
): Network {
  const shapes = inferShapes(architecture);
  const operators = new Map(architecture.operators.map((operator) => [operator.name, operator]));
  const parameters = new Map<string, HostTensor>();
  for (const spec of parameterSpecs(architecture, shapes)) {
    const data = new Float32Array(spec.shape.reduce((product, extent) => product * extent, 1));
    const operator = operators.get(spec.operator);
    const inputChannels = shapes.get(operator?.inputs[0] ?? '')?.channels.kept.length ?? 0;
    if (operator) fill(data, spec, fansOf(operator, inputChannels), { seed, scheme });
    parameters.set(spec.name, { shape: spec.shape, data });
  }
  return { architecture, parameters };
}

function fill(
  data: Float32Array,
  spec: ParameterSpec,
  fans: Fans | undefined,
  { seed, scheme }: { seed: number; scheme: InitialisationScheme },
): void {
  if (spec.kind === 'scale' || spec.kind === 'variance') data.fill(1);
  if (!fans) return; // batch norm: the rest of it starts at zero
  if (scheme === 'fanInUniform') {
    fillUniform(data, 1 / Math.sqrt(fans.in), randomStream(seed, spec.name));
  } else if (spec.kind === 'kernel') {
    const deviation = spec.shape.length === 4 ? Math.sqrt(2 / fans.out) : 0.01;
    fillNormal(data, deviation, randomStream(seed, spec.name));
  }
}

interface Fans {
  readonly in: number;
  readonly out: number;
}

/** Fan-in and fan-out over the channels that are present, as PyTorch counts them. */
function fansOf(operator: Operator, inputChannels: number): Fans | undefined {
  switch (operator.op) {
    case 'conv':
      return {
        in: operator.size ** 2 * inputChannels,
        out: operator.size ** 2 * operator.channels.kept.length,
      };
    case 'depthwise':
      return { in: operator.size ** 2, out: operator.size ** 2 * operator.channels.kept.length };
    case 'dense':
      return { in: inputChannels, out: operator.channels.kept.length };
    default:
      return undefined;
  }
}
