import { ModaError } from '@moda/contracts';
import type { Architecture, Operator } from '../../graph/architecture.js';
import { checkNetwork } from '../../graph/check-network.js';
import { INPUT, inferShapes, outputShape } from '../../graph/infer-shapes.js';
import type { Network } from '../../graph/network.js';
import type { OutputShape } from '../../graph/shapes.js';
import { allowedName } from './layer-names.js';
import { type Json, LayersGraph } from './layers-graph.js';
import { modelJson } from './model-json.js';
import { placeOperator } from './place-operator.js';
import { inputLayer } from './stock-layers.js';
import { weightShards } from './weight-shards.js';

/** What the input of an exported model is called. */
const inputName = 'images';

/** What browsers cache and load side by side well. */
const defaultShardBytes = 4 * 1024 * 1024;

export interface LayersModelOptions {
  /** One per output, in order; the outputs' numbers when left out. */
  readonly classNames?: readonly string[];
  /** How pixels of 0..255 become the model's input, for its users: `(value / 255 - mean) / std`, one number per channel. */
  readonly normalisation?: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Most bytes of one file of weights; 4 MiB when left out. */
  readonly shardBytes?: number;
}

/**
 * A network as the files of a TensorFlow.js LayersModel, which `tf.loadLayersModel` reads without custom layers: `model.json` and
 * `group1-shard<i>of<n>.bin`, by name. The model takes `images`, float32 `[n, h, w, c]`, already normalised, and gives the logits
 * `[n, classes]`.
 *
 * Only stock layers are used. Where an addition or a depthwise convolution of a cut network has other channels than its input, a fixed
 * 1x1 convolution of ones and zeros brings them together. The same network and options give the same bytes.
 *
 * @throws ModaError PARAMETER_MISMATCH or an ARCHITECTURE code for a network that is not whole, ARCHITECTURE_INVALID for an output
 *   that is a map, CLASS_UNKNOWN where there is not one name for each output, USAGE for an impossible size of files
 */
export function toLayersModel(network: Network, options: LayersModelOptions = {}): Map<string, Uint8Array> {
  const { architecture, parameters } = network;
  const shapes = inferShapes(architecture);
  checkNetwork(network);
  const { shardBytes = defaultShardBytes } = options;
  if (!Number.isSafeInteger(shardBytes) || shardBytes < 1) {
    throw new ModaError(
      'USAGE',
      `A file of weights cannot hold ${shardBytes} bytes; give a whole number above 0.`,
    );
  }
  const output = outputShape(architecture, shapes);
  if (!output.flat) {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      `Architecture "${architecture.name}" ends in a map; end it in a dense layer to export it to TensorFlow.js.`,
    );
  }
  const metadata = metadataOf(architecture, output, options);

  const graph = new LayersGraph();
  const layerOf = new Map([[INPUT, graph.add(inputName, inputLayer(architecture.input), [])]]);
  for (const operator of neededOperators(architecture)) {
    const inputs = operator.inputs.map((name) => ({
      layer: known(layerOf, name),
      shape: known(shapes, name),
    }));
    layerOf.set(operator.name, placeOperator(graph, operator, inputs, parameters));
  }

  const weights = weightShards(graph.layers, shardBytes);
  const json = modelJson({
    name: allowedName(architecture.name),
    layers: graph.layers,
    inputLayer: inputName,
    outputLayer: known(layerOf, architecture.operators.at(-1)?.name ?? INPUT),
    weights,
    metadata,
  });
  return new Map([['model.json', new TextEncoder().encode(json)], ...weights.files]);
}

/** The operators that the logits depend on, in forward order: TensorFlow.js refuses weights of layers that lead nowhere. */
function neededOperators({ operators }: Architecture): Operator[] {
  const needed = new Set([operators.at(-1)?.name]);
  const backwards = [...operators].reverse().filter((operator) => {
    if (!needed.has(operator.name)) return false;
    for (const name of operator.inputs) needed.add(name);
    return true;
  });
  return backwards.reverse();
}

function metadataOf(
  { name, input }: Architecture,
  { channels }: OutputShape,
  { classNames = channels.kept.map(String), normalisation }: LayersModelOptions,
): { readonly [key: string]: Json } {
  if (classNames.length !== channels.kept.length) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `The network has ${channels.kept.length} outputs, but ${classNames.length} class names are given; give one for each output.`,
    );
  }
  return {
    moda: {
      architecture: name,
      classes: [...classNames],
      input: { name: inputName, layout: 'NHWC', shape: [input.height, input.width, input.channels] },
      output: 'logits',
      preprocessing:
        'Images are taken as already normalised: (value / 255 - mean) / std, channel by channel.',
      ...(normalisation
        ? { normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] } }
        : {}),
    },
  };
}

function known<T>(values: ReadonlyMap<string, T>, name: string): T {
  const value = values.get(name);
  if (value === undefined) throw new Error(`Nothing is known of "${name}".`);
  return value;
}
