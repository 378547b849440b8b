import type { Architecture } from '../graph/architecture.js';
import type { OutputShape, ShapesByName } from '../graph/shapes.js';

/**
 * The one place that knows how the two layouts number the units of a flattened map: channels are fastest here and slowest in PyTorch.
 * For each operator with a flat output: where PyTorch has the unit, i.e. `order[unit here]` = unit there, both among the units
 * that are present. Operators whose units both number alike are left out.
 *
 * A flatten sets the order and whatever works unit by unit behind it carries it on; a dense layer ends it.
 */
export function pytorchUnitOrder(architecture: Architecture, shapes: ShapesByName): Map<string, Uint32Array> {
  const orders = new Map<string, Uint32Array>();
  const blocks = new Map<string, readonly Block[]>();
  for (const { op, name, inputs } of architecture.operators) {
    const output = shapes.get(name);
    if (!output?.flat) continue;
    const from = inputs.map((input) => ({ shape: shapes.get(input), blocks: blocks.get(input) }));
    const own = blocksOf(op, from);
    if (!own) continue;
    blocks.set(name, own);
    orders.set(name, orderOf(output, own));
  }
  return orders;
}

/** A run of original channels that came from one flattened map, or from none (one position). */
interface Block {
  readonly units: number;
  readonly positions: number;
}

interface Source {
  readonly shape: OutputShape | undefined;
  readonly blocks: readonly Block[] | undefined;
}

function blocksOf(op: string, inputs: readonly Source[]): readonly Block[] | undefined {
  const [first] = inputs;
  if (!first?.shape) return undefined;
  if (op === 'flatten') {
    const positions = first.shape.height * first.shape.width;
    return positions === 1 ? undefined : [{ units: positions * first.shape.channels.of, positions }];
  }
  if (op === 'concat') {
    if (inputs.every(({ blocks }) => !blocks)) return undefined;
    return inputs.flatMap(
      ({ shape, blocks }) => blocks ?? [{ units: shape?.channels.of ?? 0, positions: 1 }],
    );
  }
  if (op === 'relu' || op === 'softmax' || op === 'add') return first.blocks;
  return undefined;
}

function orderOf({ channels }: OutputShape, blocks: readonly Block[]): Uint32Array {
  // PyTorch's number of each unit among all original ones, then its rank among those present.
  const numbers = new Float64Array(channels.kept.length);
  let block = 0;
  let start = 0;
  channels.kept.forEach((unit, i) => {
    let current = blocks[block];
    while (current && unit >= start + current.units) {
      start += current.units;
      current = blocks[++block];
    }
    if (!current) throw new Error(`unit ${unit} lies behind the last flattened map`);
    const mapChannels = current.units / current.positions;
    const position = Math.floor((unit - start) / mapChannels);
    const channel = (unit - start) % mapChannels;
    numbers[i] = start + channel * current.positions + position;
  });
  const order = new Uint32Array(numbers.length);
  Uint32Array.from(numbers.keys())
    .sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0))
    .forEach((here, there) => {
      order[here] = there;
    });
  return order;
}
