import { createRequire } from 'node:module';
import type { io } from '@tensorflow/tfjs-core';
import type { Tensor, TensorFunctions } from '../backend.js';
import { openPortableBackend } from '../portable/open-portable.js';

const require = createRequire(import.meta.url);

/** Values on the host, row-major. */
export interface HostValues {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface LayersModelPrediction extends HostValues {
  /** What the model says of itself under `userDefinedMetadata`. */
  readonly metadata: unknown;
}

/**
 * What TensorFlow.js itself computes from the files of a LayersModel: `tf.loadLayersModel` without custom layers, on the portable
 * backend; afterwards the backend before it is the current one again. Leaves no tensor behind.
 *
 * @param files `model.json` and the files of weights that it names
 * @param images `[n, h, w, c]`
 * @returns the model's one output
 */
export async function predictWithLayersModel(
  files: ReadonlyMap<string, Uint8Array>,
  images: HostValues,
): Promise<LayersModelPrediction> {
  const tf = require('@tensorflow/tfjs-core') as TensorFunctions;
  const layers = require('@tensorflow/tfjs-layers') as typeof import('@tensorflow/tfjs-layers');
  const current = tf.engine().backendName as string | undefined;
  await openPortableBackend();
  try {
    const model = await layers.loadLayersModel(handlerOf(tf, files));
    const x = tf.tensor(images.data, [...images.shape], 'float32');
    const y = model.predict(x) as Tensor;
    const prediction = {
      shape: y.shape,
      data: Float32Array.from(y.dataSync()),
      metadata: model.getUserDefinedMetadata(),
    };
    for (const owner of [x, y, model]) owner.dispose();
    return prediction;
  } finally {
    if (current !== undefined) await tf.setBackend(current);
  }
}

function handlerOf(tf: TensorFunctions, files: ReadonlyMap<string, Uint8Array>): io.IOHandler {
  const file = (name: string) => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`The model has no file "${name}".`);
    return bytes;
  };
  return {
    load: () => {
      const json = JSON.parse(new TextDecoder().decode(file('model.json'))) as io.ModelJSON;
      return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const shards = manifest.flatMap(({ paths }) => paths.map(file));
        return [tf.io.getWeightSpecs(manifest), Uint8Array.from(Buffer.concat(shards)).buffer];
      });
    },
  };
}
