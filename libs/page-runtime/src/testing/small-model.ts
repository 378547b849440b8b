import type { LayersModelFiles } from '../runtime/read-layers-model.js';

/**
 * A LayersModel of images `[2, 2, 1]` with 3 logits: `[sum of all values, the first value, 1]`. Its weights lie in two files, cut in the
 * middle of a tensor.
 */
export function smallModel(): Map<string, Uint8Array> {
  const kernel = Float32Array.from([1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
  const bias = Float32Array.from([0, 0, 1]);
  const weights = new Uint8Array(Float32Array.from([...kernel, ...bias]).buffer);
  const config = { trainable: true, dtype: 'float32' };
  const layers = [
    {
      name: 'images',
      class_name: 'InputLayer',
      config: { name: 'images', batch_input_shape: [null, 2, 2, 1], dtype: 'float32', sparse: false },
      inbound_nodes: [],
    },
    {
      name: 'flat',
      class_name: 'Flatten',
      config: { ...config, name: 'flat', data_format: 'channels_last' },
      inbound_nodes: [[['images', 0, 0, {}]]],
    },
    {
      name: 'fc',
      class_name: 'Dense',
      config: { ...config, name: 'fc', units: 3, activation: 'linear', use_bias: true },
      inbound_nodes: [[['flat', 0, 0, {}]]],
    },
  ];
  const json = {
    format: 'layers-model',
    modelTopology: {
      class_name: 'Model',
      config: { name: 'small', layers, input_layers: [['images', 0, 0]], output_layers: [['fc', 0, 0]] },
    },
    weightsManifest: [
      {
        paths: ['a.bin', 'b.bin'],
        weights: [
          { name: 'fc/kernel', shape: [4, 3], dtype: 'float32' },
          { name: 'fc/bias', shape: [3], dtype: 'float32' },
        ],
      },
    ],
  };
  const files: LayersModelFiles = new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(json))],
    ['a.bin', weights.subarray(0, 21)],
    ['b.bin', weights.subarray(21)],
  ]);
  return new Map(files);
}
