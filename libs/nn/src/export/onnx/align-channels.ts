import { positionsOf } from '../../graph/channel-set.js';
import type { OutputShape } from '../../graph/shapes.js';
import type { GraphBuilder } from './graph-builder.js';

/** A value of the graph: its name, its channels, and where the graph has each of them if not in their order. */
export interface GraphValue {
  readonly name: string;
  readonly shape: OutputShape;
  /** Of a flattened map: `order[unit of the architecture]` = unit of the graph, which has channels slowest. */
  readonly order?: Uint32Array | undefined;
}

/**
 * Rearranges the channels of a value to those that an operator wants: dropped where it does not want them, zero where the value
 * lacks them. Axis 1 of maps `[n, channel, h, w]` and of flat values `[n, unit]` alike. Adds no node where nothing has to move.
 *
 * A missing channel is some channel of the value times zero: a gather and a product need one number per channel, where a 1x1
 * convolution of zeros and ones would need its square.
 */
export function alignChannels(
  builder: GraphBuilder,
  name: string,
  value: GraphValue,
  wanted: Omit<GraphValue, 'name'>,
): string {
  const positions = positionsInGraph(value, wanted);
  const missing = positions.some((position) => position < 0);
  const moves =
    positions.length !== value.shape.channels.kept.length || positions.some((from, to) => from !== to);
  if (!moves) return value.name;
  const indices = builder.integers(
    `${name}.channels`,
    positions.map((position) => Math.max(position, 0)),
  );
  const gathered = builder.node('Gather', `${name}.gathered`, [value.name, indices], { axis: 1 });
  if (!missing) return gathered;
  const channels = positions.length;
  const present = builder.floats(`${name}.present`, {
    shape: wanted.shape.flat ? [1, channels] : [1, channels, 1, 1],
    data: Float32Array.from(positions, (position) => (position < 0 ? 0 : 1)),
  });
  return builder.node('Mul', `${name}.embedded`, [gathered, present]);
}

/** For every channel that is wanted, in the graph's order, where the graph has it in the value, or -1. */
function positionsInGraph(value: GraphValue, wanted: Omit<GraphValue, 'name'>): number[] {
  const positions = new Array<number>(wanted.shape.channels.kept.length);
  positionsOf(wanted.shape.channels, value.shape.channels).forEach((from, to) => {
    positions[wanted.order?.[to] ?? to] = from < 0 ? -1 : (value.order?.[from] ?? from);
  });
  return positions;
}
