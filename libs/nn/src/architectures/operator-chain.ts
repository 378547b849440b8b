import type { Operator } from '../graph/architecture.js';
import { fullSet } from '../graph/channel-set.js';
import { INPUT } from '../graph/infer-shapes.js';

interface Window {
  readonly size: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly bias?: boolean;
}

/**
 * Writes down operators one after the other, each on the output of the one before; `last` can be read to branch off and set to
 * go on from there. Every layer has all its channels, and epsilon is PyTorch's 1e-5.
 */
export class OperatorChain {
  readonly operators: Operator[] = [];
  /** Name of the operator that the next one takes. */
  last = INPUT;

  conv(name: string, channels: number, { size, stride = 1, padding = 0, bias = false }: Window): this {
    return this.push({
      op: 'conv',
      name,
      inputs: [this.last],
      channels: fullSet(channels),
      size,
      stride,
      padding,
      bias,
    });
  }

  depthwise(name: string, channels: number, { size, stride = 1, padding = 0, bias = false }: Window): this {
    return this.push({
      op: 'depthwise',
      name,
      inputs: [this.last],
      channels: fullSet(channels),
      size,
      stride,
      padding,
      bias,
    });
  }

  batchNorm(name: string): this {
    return this.push({ op: 'batchNorm', name, inputs: [this.last], epsilon: 1e-5 });
  }

  relu(name: string): this {
    return this.push({ op: 'relu', name, inputs: [this.last], tracked: true });
  }

  maxPool(name: string, size: number): this {
    return this.push({ op: 'maxPool', name, inputs: [this.last], size, stride: size });
  }

  add(name: string, other: string, channels: number): this {
    return this.push({ op: 'add', name, inputs: [this.last, other], channels: fullSet(channels) });
  }

  globalPool(name: string): this {
    return this.push({ op: 'globalPool', name, inputs: [this.last] });
  }

  flatten(name: string): this {
    return this.push({ op: 'flatten', name, inputs: [this.last] });
  }

  dense(name: string, units: number): this {
    return this.push({ op: 'dense', name, inputs: [this.last], channels: fullSet(units), bias: true });
  }

  private push(operator: Operator): this {
    this.operators.push(operator);
    this.last = operator.name;
    return this;
  }
}
