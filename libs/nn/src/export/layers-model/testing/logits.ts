import type { TensorBackend } from '@moda/tensor-backend';
import { predictWithLayersModel } from '@moda/tensor-backend/testing';
import { expect } from 'vitest';
import { openModel } from '../../../execution/device-model.js';
import type { Network } from '../../../graph/network.js';
import { type LayersModelOptions, toLayersModel } from '../to-layers-model.js';
import { randomImages } from './random-network.js';

/**
 * Fails unless TensorFlow.js computes the product's logits from the exported files: within 1e-4, or 1e-5 of the largest one where
 * that is more. Gives what TensorFlow.js computed, and how far apart the product's own logits are.
 */
export async function expectSameLogits(
  backend: TensorBackend,
  network: Network,
  options: LayersModelOptions = {},
) {
  const images = randomImages(network.architecture, 2, 5);
  const theirs = await predictWithLayersModel(toLayersModel(network, options), images);
  const ours = ownLogits(backend, network, images);
  expect(theirs.data).toHaveLength(ours.length);
  const largest = Math.max(...ours.map(Math.abs));
  const differences = ours.map((logit, i) => Math.abs(logit - (theirs.data[i] ?? NaN)));
  expect(Math.max(...differences)).toBeLessThan(Math.max(1e-4, 1e-5 * largest));
  return { ...theirs, spread: Math.max(...ours) - Math.min(...ours) };
}

/** The logits that the product computes. */
function ownLogits(
  backend: TensorBackend,
  network: Network,
  images: ReturnType<typeof randomImages>,
): Float32Array {
  const model = openModel(backend, network);
  const x = backend.tf.tensor4d(images.data, [...images.shape]);
  const y = model.predict(x);
  const logits = Float32Array.from(y.dataSync());
  for (const owner of [x, y, model]) owner.dispose();
  return logits;
}
