import type { Architecture, ChannelSet, Operator } from '../../../graph/architecture.js';
import type { HostTensor, Network } from '../../../graph/network.js';
import { parameterSpecs } from '../../../graph/parameters.js';
import type { ParameterSpec } from '../../../graph/shapes.js';

/**
 * A cut of an architecture in which every operator has a random set of its own, so that hardly two that meet agree; of the last one's
 * outputs the given ones stay.
 */
export function randomCut(
  architecture: Architecture,
  { share, outputs, seed }: { share: number; outputs: readonly number[]; seed: number },
): Architecture {
  const next = pseudoRandom(seed);
  const cut = ({ of }: ChannelSet): ChannelSet => {
    const kept = Array.from({ length: of }, (_, channel) => channel).filter(() => next() < share);
    return { of, kept: kept.length > 0 ? kept : [Math.floor(next() * of)] };
  };
  const operators = architecture.operators.map((operator, i): Operator => {
    if (!('channels' in operator)) return operator;
    const isLast = i === architecture.operators.length - 1;
    return {
      ...operator,
      channels: isLast ? { of: operator.channels.of, kept: outputs } : cut(operator.channels),
    };
  });
  return { ...architecture, operators };
}

/** Parameters that keep values near 1 through many layers and leave no two channels alike, running statistics included. */
export function withRandomParameters(architecture: Architecture, seed: number): Network {
  const next = pseudoRandom(seed);
  const parameters = new Map<string, HostTensor>();
  for (const spec of parameterSpecs(architecture)) {
    const { lowest, highest } = rangeOf(spec);
    const data = new Float32Array(spec.shape.reduce((product, extent) => product * extent, 1));
    for (let i = 0; i < data.length; i++) data[i] = lowest + (highest - lowest) * next();
    parameters.set(spec.name, { shape: spec.shape, data });
  }
  return { architecture, parameters };
}

/** Images `[n, h, w, c]` of values around 0. */
export function randomImages({ input }: Architecture, count: number, seed: number) {
  const { height, width, channels } = input;
  const next = pseudoRandom(seed);
  const data = Float32Array.from({ length: count * height * width * channels }, () => 3 * next() - 1.5);
  return { shape: [count, height, width, channels] as const, data };
}

function rangeOf({ kind, shape }: ParameterSpec): { lowest: number; highest: number } {
  switch (kind) {
    case 'scale':
    case 'variance':
      return { lowest: 0.5, highest: 1.5 };
    case 'kernel': {
      // [kh, kw, in, out], [kh, kw, channel, 1] or [in, out]: every axis but the last, and of a depthwise kernel not the channels.
      const [rows = 1, columns = 1, inputs = 1] = shape;
      const depthwise = shape.length === 4 && shape[3] === 1;
      const fanIn = shape.length === 2 ? rows : rows * columns * (depthwise ? 1 : inputs);
      const bound = Math.sqrt(6 / fanIn);
      return { lowest: -bound, highest: bound };
    }
    default:
      return { lowest: -0.5, highest: 0.5 };
  }
}

function pseudoRandom(seed: number): () => number {
  let state = (seed >>> 0) + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
