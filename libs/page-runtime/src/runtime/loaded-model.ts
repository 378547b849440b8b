import { Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { InputShape } from '../images/photo-input.js';
import { type LayersModelFiles, readLayersModel } from './read-layers-model.js';

/** A model on the current back end. */
export interface LoadedModel {
  readonly input: InputShape;
  /** How many logits it gives for an image. */
  readonly classes: number;
  /** Logits `[count, classes]` of normalised images `[count, height, width, channel]`. */
  predict(images: Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

/** Images that go through at once: more need memory and save no time. */
const batch = 32;

export async function loadModel(files: LayersModelFiles): Promise<LoadedModel> {
  const model = await readLayersModel(files);
  const [height, width, channels] = [1, 2, 3].map((axis) => model.inputs[0]?.shape[axis] ?? 0);
  const input: InputShape = { height: height!, width: width!, channels: channels! };
  const classes = model.outputs[0]?.shape[1] ?? 0;
  const pixels = input.height * input.width * input.channels;

  async function predictBatch(images: Float32Array, count: number): Promise<Float32Array> {
    const logits = tidy(() => {
      const answer = model.predict(tensor(images, [count, input.height, input.width, input.channels]));
      if (!(answer instanceof Tensor)) throw new Error('The model has more than one output.');
      return answer;
    });
    try {
      return Float32Array.from(await logits.data());
    } finally {
      logits.dispose();
    }
  }

  return {
    input,
    classes,
    async predict(images, count) {
      if (images.length !== count * pixels)
        throw new RangeError(
          `${count} images of this model have ${count * pixels} values, not ${images.length}.`,
        );
      const logits = new Float32Array(count * classes);
      for (let first = 0; first < count; first += batch) {
        const last = Math.min(count, first + batch);
        const part = await predictBatch(images.subarray(first * pixels, last * pixels), last - first);
        logits.set(part, first * classes);
      }
      return logits;
    },
    dispose: () => void model.dispose(),
  };
}
