import type { ChannelSet, Convolution, DepthwiseConvolution, Operator } from '../../graph/architecture.js';
import { sameSet } from '../../graph/channel-set.js';
import type { HostTensor } from '../../graph/network.js';
import type { OutputShape, ParameterKind } from '../../graph/shapes.js';
import { alignLayer } from './align-layer.js';
import type { LayersGraph } from './layers-graph.js';
import { isSamePadding } from './same-padding.js';
import * as stock from './stock-layers.js';

/** An output of the network: its shape and the layer that yields it. */
export interface Source {
  readonly layer: string;
  readonly shape: OutputShape;
}

/** Places the layers that compute one operator, and tells the name of the last of them. */
export function placeOperator(
  graph: LayersGraph,
  operator: Operator,
  inputs: readonly Source[],
  parameters: ReadonlyMap<string, HostTensor>,
): string {
  const x = present(inputs[0], operator.name);
  const parameter = (kind: ParameterKind) =>
    present(parameters.get(`${operator.name}/${kind}`), operator.name);
  const bias = 'bias' in operator && operator.bias ? parameter('bias') : undefined;
  const place = (layer: Parameters<LayersGraph['add']>[1], from: readonly Source[] = inputs) =>
    graph.add(
      operator.name,
      layer,
      from.map((source) => source.layer),
    );
  switch (operator.op) {
    case 'conv': {
      const [window, padded] = windowOver(graph, operator, x);
      return place(stock.conv2d(window, parameter('kernel'), bias), [padded]);
    }
    case 'depthwise': {
      const own = align(graph, `${operator.name}.align`, x, operator.channels);
      const [window, padded] = windowOver(graph, operator, own);
      return place(stock.depthwiseConv2d(window, parameter('kernel'), bias), [padded]);
    }
    case 'batchNorm':
      return place(
        stock.batchNormalization(operator.epsilon, {
          gamma: parameter('scale'),
          beta: parameter('offset'),
          moving_mean: parameter('mean'),
          moving_variance: parameter('variance'),
        }),
      );
    case 'relu':
    case 'softmax':
      return place(stock.activation(operator.op));
    case 'maxPool':
      return place(stock.maxPooling2d(operator.size, operator.stride));
    case 'add':
      return place(
        stock.add(),
        inputs.map((input, i) => align(graph, `${operator.name}.align${i}`, input, operator.channels)),
      );
    case 'globalPool':
      return place(stock.globalAveragePooling2d());
    case 'flatten':
      return place(stock.flatten());
    case 'dense':
      return place(stock.dense(parameter('kernel'), bias));
    case 'concat':
      // One input side by side with nothing is itself; the layer wants two.
      return inputs.length === 1 ? x.layer : place(stock.concatenate());
  }
}

/** The input with the given channels: itself where they are the same. */
function align(graph: LayersGraph, name: string, source: Source, channels: ChannelSet): Source {
  if (sameSet(source.shape.channels, channels)) return source;
  const layer = graph.add(name, alignLayer(source.shape, channels), [source.layer]);
  return { layer, shape: { ...source.shape, channels } };
}

/** The window of a convolution, and what it slides over: with zeros around it where no padding of Keras puts them there. */
function windowOver(
  graph: LayersGraph,
  { name, size, stride, padding }: Convolution | DepthwiseConvolution,
  source: Source,
): [stock.WindowSettings, Source] {
  if (padding === 0) return [{ size, stride, padding: 'valid' }, source];
  if (isSamePadding(source.shape, { size, stride, padding }))
    return [{ size, stride, padding: 'same' }, source];
  const layer = graph.add(`${name}.pad`, stock.zeroPadding2d(padding), [source.layer]);
  const { height, width } = source.shape;
  const shape = { ...source.shape, height: height + 2 * padding, width: width + 2 * padding };
  return [
    { size, stride, padding: 'valid' },
    { layer, shape },
  ];
}

function present<T>(value: T | undefined, operator: string): T {
  if (value === undefined) throw new Error(`Operator "${operator}" lacks an input or a parameter.`);
  return value;
}
