import type { Tensor, Tensor1D, Tensor4D, TensorBackend, TensorFunctions } from '../backend.js';
import { columnSums } from './column-sums.js';

type BatchNorm = Pick<TensorBackend, 'batchNormTraining' | 'batchNormGradient' | 'batchNormInference'>;

/** Batch normalisation from its definition; saved: the batch's mean and (biased) variance. */
export function portableBatchNorm(tf: TensorFunctions): BatchNorm {
  const normalise = (
    x: Tensor,
    mean: Tensor,
    variance: Tensor,
    offset: Tensor,
    scale: Tensor,
    epsilon: number,
  ) =>
    tf.batchNorm(
      x as Tensor4D,
      mean as Tensor1D,
      variance as Tensor1D,
      offset as Tensor1D,
      scale as Tensor1D,
      epsilon,
    );

  return {
    batchNormTraining(x, scale, offset, runningMean, runningVariance, { epsilon, momentum }) {
      const samples = x.size / x.shape.at(-1)!;
      const step = tf.tidy(() => {
        const mean = tf.div(columnSums(tf, x), samples);
        const variance = tf.div(columnSums(tf, tf.square(tf.sub(x, mean))), samples);
        const unbiased = tf.mul(variance, samples / Math.max(samples - 1, 1));
        const blend = (running: Tensor, batch: Tensor) =>
          tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum)) as Tensor1D;
        return {
          y: normalise(x, mean, variance, offset, scale, epsilon) as Tensor,
          runningMean: blend(runningMean, mean),
          runningVariance: blend(runningVariance, unbiased),
          mean,
          variance,
        };
      });
      const { mean, variance, ...outputs } = step;
      return { ...outputs, saved: [mean, variance] };
    },

    batchNormGradient: (dy, x, scale, saved, { epsilon }) =>
      tf.tidy(() => {
        const [mean, variance] = saved as readonly [Tensor, Tensor];
        const samples = x.size / x.shape.at(-1)!;
        const normalised = normalise(x, mean, variance, tf.zerosLike(mean), tf.onesLike(mean), epsilon);
        const offsetGradient = columnSums(tf, dy);
        const scaleGradient = columnSums(tf, tf.mul(dy, normalised));
        // dx = scale / deviation (dy - mean(dy) - normalised mean(dy normalised)), Ioffe & Szegedy 2015, section 3.
        const throughMean = tf.sub(dy, tf.div(offsetGradient, samples));
        const throughBoth = tf.sub(throughMean, tf.mul(normalised, tf.div(scaleGradient, samples)));
        const slope = tf.div(scale, tf.sqrt(tf.add(variance, epsilon)));
        return { x: tf.mul(throughBoth, slope) as Tensor, scale: scaleGradient, offset: offsetGradient };
      }),

    batchNormInference: (x, scale, offset, mean, variance, { epsilon }) =>
      normalise(x, mean, variance, offset, scale, epsilon),
  };
}
