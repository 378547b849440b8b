import { ModaError } from '@moda/contracts';
import type { Add, ChannelSet, Operator } from './architecture.js';
import { expandAcrossFlatten } from './channel-set.js';
import { checkChannelSet } from './check-channel-set.js';
import { MAX_TOTAL_CHANNELS } from './limits.js';
import type { OutputShape } from './shapes.js';

/** How many inputs an operator of each kind takes; concat takes one or more. */
const inputCounts: Readonly<Record<Operator['op'], number | 'any'>> = {
  conv: 1,
  depthwise: 1,
  batchNorm: 1,
  relu: 1,
  maxPool: 1,
  add: 2,
  globalPool: 1,
  flatten: 1,
  dense: 1,
  concat: 'any',
  softmax: 1,
};

/**
 * Output shape of one operator, given the shapes of its inputs in order.
 *
 * @throws ModaError ARCHITECTURE_CHANNEL_MISMATCH where operator and inputs disagree about channels or sizes,
 *   ARCHITECTURE_INVALID where the operator is wrong whatever its inputs are
 */
export function operatorShape(operator: Operator, inputs: readonly OutputShape[]): OutputShape {
  const [x] = inputs;
  const wanted = inputCounts[operator.op];
  if (x === undefined || (wanted !== 'any' && inputs.length !== wanted)) {
    throw invalid(
      operator,
      `takes ${wanted === 'any' ? 'at least one input' : wanted === 1 ? 'one input' : `${wanted} inputs`}, but names ${inputs.length}`,
    );
  }
  switch (operator.op) {
    case 'conv':
      checkWindow(operator, operator.padding);
      checkChannelSet(operator.name, operator.channels);
      return slide(operator, requireMap(operator, x), operator.padding, operator.channels);
    case 'depthwise':
      checkWindow(operator, operator.padding);
      checkChannelSet(operator.name, operator.channels);
      requireMap(operator, x);
      if (operator.channels.of !== x.channels.of) {
        throw mismatch(
          operator,
          `has a set of ${operator.channels.of} channels, but its input has ${x.channels.of}; a depthwise convolution keeps the number of channels`,
        );
      }
      return slide(operator, x, operator.padding, operator.channels);
    case 'maxPool':
      checkWindow(operator, 0);
      return slide(operator, requireMap(operator, x), 0, x.channels);
    case 'batchNorm':
      if (!(operator.epsilon > 0) || !Number.isFinite(operator.epsilon)) {
        throw invalid(operator, `has epsilon ${operator.epsilon}; it has to be a positive number`);
      }
      return requireMap(operator, x);
    case 'relu':
      return x;
    case 'add':
      return added(operator, x, inputs[1] ?? x);
    case 'globalPool':
      return flat(requireMap(operator, x).channels);
    case 'flatten':
      return flattened(operator, requireMap(operator, x));
    case 'dense':
      requireFlat(operator, x);
      checkChannelSet(operator.name, operator.channels);
      return flat(operator.channels);
    case 'concat':
      return flat(sideBySide(inputs.map((input) => requireFlat(operator, input).channels)));
    case 'softmax':
      return requireFlat(operator, x);
  }
}

interface WindowOperator {
  readonly name: string;
  readonly op: string;
  readonly size: number;
  readonly stride: number;
}

function checkWindow(operator: WindowOperator, padding: number): void {
  for (const [field, value, least] of [
    ['size', operator.size, 1],
    ['stride', operator.stride, 1],
    ['padding', padding, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw invalid(operator, `has ${field} ${value}; it has to be a whole number of at least ${least}`);
    }
  }
}

function slide(operator: WindowOperator, x: OutputShape, padding: number, channels: ChannelSet): OutputShape {
  const { size, stride } = operator;
  if (x.height + 2 * padding < size || x.width + 2 * padding < size) {
    const padded = padding > 0 ? ` with padding ${padding}` : '';
    throw mismatch(
      operator,
      `slides a ${size}x${size} window, but its input is ${x.height}x${x.width}${padded}, so nothing of the map is left; take a larger image or fewer strides and pools before it`,
    );
  }
  const positions = (extent: number) => Math.floor((extent + 2 * padding - size) / stride) + 1;
  return { height: positions(x.height), width: positions(x.width), channels, flat: false };
}

function added(operator: Add, a: OutputShape, b: OutputShape): OutputShape {
  checkChannelSet(operator.name, operator.channels);
  if (a.flat !== b.flat || a.height !== b.height || a.width !== b.width) {
    throw mismatch(operator, `adds ${describe(a)} to ${describe(b)}; both inputs need the same size`);
  }
  if (a.channels.of !== operator.channels.of || b.channels.of !== operator.channels.of) {
    throw mismatch(
      operator,
      `has a set of ${operator.channels.of} channels, but its inputs have ${a.channels.of} and ${b.channels.of}; all three have to be equal`,
    );
  }
  return { ...a, channels: operator.channels };
}

function flattened(operator: Operator, x: OutputShape): OutputShape {
  const units = x.height * x.width * x.channels.kept.length;
  if (units > MAX_TOTAL_CHANNELS) {
    throw invalid(
      operator,
      `flattens ${describe(x)} to ${units} units; at most ${MAX_TOTAL_CHANNELS} are taken`,
    );
  }
  return flat(expandAcrossFlatten(x.channels, x.height, x.width));
}

function sideBySide(sets: readonly ChannelSet[]): ChannelSet {
  const kept: number[] = [];
  let of = 0;
  for (const set of sets) {
    for (const channel of set.kept) kept.push(of + channel);
    of += set.of;
  }
  return { of, kept };
}

function flat(channels: ChannelSet): OutputShape {
  return { height: 1, width: 1, channels, flat: true };
}

function requireMap(operator: { name: string; op: string }, x: OutputShape): OutputShape {
  if (x.flat) {
    throw mismatch(
      operator,
      `takes a map, but its input is flat (${describe(x)}); put it before the flatten or global pool`,
    );
  }
  return x;
}

function requireFlat(operator: { name: string; op: string }, x: OutputShape): OutputShape {
  if (!x.flat) {
    throw mismatch(
      operator,
      `takes a flat input, but gets a map of ${describe(x)}; put a flatten or globalPool before it`,
    );
  }
  return x;
}

function describe(x: OutputShape): string {
  return x.flat ? `${x.channels.kept.length} units` : `${x.height}x${x.width}x${x.channels.kept.length}`;
}

function mismatch(operator: { name: string; op: string }, fact: string): ModaError {
  return new ModaError(
    'ARCHITECTURE_CHANNEL_MISMATCH',
    `Operator "${operator.name}" (${operator.op}) ${fact}.`,
    {
      operator: operator.name,
    },
  );
}

function invalid(operator: { name: string; op: string }, fact: string): ModaError {
  return new ModaError('ARCHITECTURE_INVALID', `Operator "${operator.name}" (${operator.op}) ${fact}.`, {
    operator: operator.name,
  });
}
