import type { Json, PlacedLayer } from './layers-graph.js';
import type { WeightShards } from './weight-shards.js';

export interface ModelParts {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
  readonly inputLayer: string;
  readonly outputLayer: string;
  readonly weights: WeightShards;
  readonly metadata: { readonly [key: string]: Json };
}

/** The text of `model.json`: equal models have equal texts. */
export function modelJson({ name, layers, inputLayer, outputLayer, weights, metadata }: ModelParts): string {
  const model: Json = {
    format: 'layers-model',
    generatedBy: 'MODA',
    convertedBy: null,
    modelTopology: {
      class_name: 'Model',
      config: {
        name,
        layers: layers.map(layerJson),
        input_layers: [[inputLayer, 0, 0]],
        output_layers: [[outputLayer, 0, 0]],
      },
    },
    weightsManifest:
      weights.files.size === 0
        ? []
        : [
            {
              paths: [...weights.files.keys()],
              weights: weights.entries.map(({ shape, ...entry }) => ({ ...entry, shape: [...shape] })),
            },
          ],
    userDefinedMetadata: metadata,
  };
  return `${JSON.stringify(model)}\n`;
}

function layerJson({ className, name, config, inputs }: PlacedLayer): Json {
  return {
    class_name: className,
    name,
    config: { name, ...config },
    inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  };
}
