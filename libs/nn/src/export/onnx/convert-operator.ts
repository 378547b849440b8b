import type { Operator } from '../../graph/architecture.js';
import type { HostTensor } from '../../graph/network.js';
import type { OutputShape } from '../../graph/shapes.js';
import { alignChannels, type GraphValue } from './align-channels.js';
import type { Attributes, GraphBuilder } from './graph-builder.js';

/** One operator with all that its nodes need. */
export interface Conversion {
  readonly operator: Operator;
  readonly inputs: readonly GraphValue[];
  readonly shape: OutputShape;
  /** Where the graph has the output's units, if not in their order. */
  readonly order: Uint32Array | undefined;
  /** All parameters by their PyTorch names; ONNX lays out kernels and dense weights as PyTorch does. */
  readonly tensors: ReadonlyMap<string, HostTensor>;
}

/** Adds the nodes that compute one operator on maps `[n, channel, h, w]` or flat values `[n, unit]`; gives the last one's output. */
export function convertOperator(builder: GraphBuilder, conversion: Conversion): string {
  const { operator, inputs, shape, order, tensors } = conversion;
  const { name } = operator;
  const node = (type: string, from: readonly string[], attributes?: Attributes) =>
    builder.node(type, name, from, attributes);
  const constant = (suffix: string): string => {
    const key = `${name}.${suffix}`;
    const tensor = tensors.get(key);
    if (!tensor) throw new Error(`network without parameter ${key}`);
    return builder.floats(key, tensor);
  };
  const weights = (bias: boolean) => (bias ? ['weight', 'bias'] : ['weight']).map(constant);
  const names = inputs.map((value) => value.name);
  const aligned = () =>
    inputs.map((value, i) =>
      alignChannels(builder, inputs.length > 1 ? `${name}.${i}` : name, value, { shape, order }),
    );

  switch (operator.op) {
    case 'conv':
      return node('Conv', [...names, ...weights(operator.bias)], windowOf(operator, 1));
    case 'depthwise':
      return node(
        'Conv',
        [...aligned(), ...weights(operator.bias)],
        windowOf(operator, shape.channels.kept.length),
      );
    case 'batchNorm': {
      const statistics = ['weight', 'bias', 'running_mean', 'running_var'].map(constant);
      return node('BatchNormalization', [...names, ...statistics], { epsilon: { float: operator.epsilon } });
    }
    case 'relu':
      return node('Relu', names);
    case 'maxPool': {
      const { size, stride } = operator;
      return node('MaxPool', names, { kernel_shape: [size, size], strides: [stride, stride] });
    }
    case 'add':
      return node('Add', aligned());
    case 'globalPool': {
      const mean = builder.node('GlobalAveragePool', `${name}.mean`, names);
      return node('Flatten', [mean], { axis: 1 });
    }
    case 'flatten':
      return node('Flatten', names, { axis: 1 });
    case 'dense':
      return node('Gemm', [...names, ...weights(operator.bias)], { transB: 1 });
    case 'concat':
      return node('Concat', names, { axis: 1 });
    case 'softmax':
      return node('Softmax', names, { axis: 1 });
  }
}

interface Window {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

function windowOf({ size, stride, padding }: Window, group: number): Attributes {
  return {
    group,
    kernel_shape: [size, size],
    pads: [padding, padding, padding, padding],
    strides: [stride, stride],
  };
}
