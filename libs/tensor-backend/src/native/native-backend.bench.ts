import { bench, describe } from 'vitest';
import type { Tensor } from '../backend.js';
import { openNativeBackend } from './open-native.js';

// Time per operator at the shapes of VGG16's blocks on 32x32 images, batch 128. Run alone: `npx vitest bench --dir libs/tensor-backend/src`.
const backend = await openNativeBackend();
const { tf } = backend;
const geometry = { stride: 1, padding: 1 };
const pool = { size: 2, stride: 2 };
const options = { epsilon: 1e-5, momentum: 0.1 };

for (const [side, channels] of [
  [32, 64],
  [16, 128],
  [8, 256],
  [4, 512],
  [2, 512],
] as const) {
  describe(`128 x ${side} x ${side} x ${channels}`, () => {
    const shape: [number, number, number, number] = [128, side, side, channels];
    const x = tf.randomNormal(shape);
    const dy = tf.randomNormal(shape);
    const kernel = tf.randomNormal([3, 3, channels, channels]);
    const depthwiseKernel = tf.randomNormal([3, 3, channels, 1]);
    const [ones, zeros] = [tf.ones([channels]), tf.zeros([channels])];
    const y = backend.relu(x);
    const pooled = backend.maxPool(y, pool);
    const units = backend.unitActivations(y);
    const { saved } = backend.batchNormTraining(x, ones, zeros, zeros, ones, options);

    const operators: Record<string, () => Tensor | Tensor[]> = {
      conv2d: () => backend.conv2d(x, kernel, geometry),
      conv2dInputGradient: () => backend.conv2dInputGradient(shape, kernel, dy, geometry),
      conv2dKernelGradient: () => backend.conv2dKernelGradient(x, kernel.shape, dy, geometry),
      depthwiseConv2d: () => backend.depthwiseConv2d(x, depthwiseKernel, geometry),
      depthwiseConv2dInputGradient: () =>
        backend.depthwiseConv2dInputGradient(shape, depthwiseKernel, dy, geometry),
      depthwiseConv2dKernelGradient: () =>
        backend.depthwiseConv2dKernelGradient(x, depthwiseKernel.shape, dy, geometry),
      batchNormTraining: () => {
        const step = backend.batchNormTraining(x, ones, zeros, zeros, ones, options);
        return [step.y, step.runningMean, step.runningVariance, ...step.saved];
      },
      batchNormGradient: () =>
        Object.values(backend.batchNormGradient(dy, x, ones, saved, options)) as Tensor[],
      relu: () => backend.relu(x),
      reluGradient: () => backend.reluGradient(dy, y),
      biasAdd: () => backend.biasAdd(x, ones),
      biasGradient: () => backend.biasGradient(dy),
      maxPool: () => backend.maxPool(y, pool),
      maxPoolGradient: () => backend.maxPoolGradient(y, pooled, pooled, pool),
      unitActivations: () => backend.unitActivations(y),
      addUnitGradient: () => backend.addUnitGradient(dy, units),
      alignChannels: () =>
        backend.alignChannels(
          x,
          Array.from({ length: channels }, (_, i) => (i % 3 === 0 ? -1 : i)),
        ),
    };
    for (const [name, run] of Object.entries(operators)) {
      bench(name, () => tf.dispose(run()), { time: 300, warmupTime: 50 });
    }
  });
}
