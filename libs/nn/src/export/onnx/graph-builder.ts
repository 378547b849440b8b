import type { HostTensor } from '../../graph/network.js';
import {
  attributeType,
  elementType,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
} from './onnx-messages.js';

/** Attributes of a node: whole numbers, lists of them, and `{ float }` for what is not whole by nature. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Collects the nodes and constants of a graph, each value under a name of its own. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxTensor[] = [];
  private readonly taken: Set<string>;

  /** @param reserved names of the graph's inputs and outputs, which nothing else may have */
  constructor(reserved: readonly string[]) {
    this.taken = new Set(reserved);
  }

  /** Adds a node and gives its output's name: the one that is wanted, or that with a number where it is taken. */
  node(type: string, wanted: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = this.claim(wanted);
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.nodes.push({ op_type: type, name, input: inputs, output: [name], attribute });
    return name;
  }

  /** Makes the output of the node that was added last one of the graph's own, by a reserved name. */
  yieldLast(reserved: string): void {
    const last = this.nodes.pop();
    if (last) this.nodes.push({ ...last, output: [reserved] });
  }

  /** Adds a float32 constant, whose memory it borrows until the graph is encoded, and gives its name. */
  floats(wanted: string, { shape, data }: HostTensor): string {
    return this.constant(wanted, shape, elementType.float32, data);
  }

  /** Adds a vector of int64 and gives its name. */
  integers(wanted: string, values: readonly number[]): string {
    return this.constant(wanted, [values.length], elementType.int64, BigInt64Array.from(values, BigInt));
  }

  private constant(
    wanted: string,
    dims: readonly number[],
    type: number,
    { buffer, byteOffset, byteLength }: Float32Array | BigInt64Array,
  ): string {
    const name = this.claim(wanted);
    const raw = new Uint8Array(buffer, byteOffset, byteLength);
    this.constants.push({ name, dims, data_type: type, raw_data: raw });
    return name;
  }

  private claim(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name); number++) name = `${wanted}_${number}`;
    this.taken.add(name);
    return name;
  }
}

function attributeOf(name: string, value: Attributes[string]): OnnxAttribute {
  if (typeof value === 'number') return { name, type: attributeType.int, i: value };
  if ('float' in value) return { name, type: attributeType.float, f: value.float };
  return { name, type: attributeType.ints, ints: value };
}
