import type { Tensor, Tensor1D, TensorBackend } from '../backend.js';
import type { Attribute, EagerRuntime } from './eager-runtime.js';

type BatchNorm = Pick<TensorBackend, 'batchNormTraining' | 'batchNormGradient' | 'batchNormInference'>;

/**
 * Batch normalisation in one operator each way. FusedBatchNormV3 fed with the running statistics and an averaging factor
 * returns the new running statistics, the variance among them from the unbiased batch variance.
 */
export function nativeBatchNorm(eager: EagerRuntime): BatchNorm {
  const attributes = (epsilon: number, training: boolean): Attribute[] => [
    eager.float32,
    eager.type('U', eager.binding.TF_FLOAT),
    eager.nhwc,
    eager.float('epsilon', epsilon),
    eager.boolean('is_training', training),
  ];
  return {
    batchNormTraining(x, scale, offset, runningMean, runningVariance, { epsilon, momentum }) {
      // At a factor of exactly 1 the operator takes no running statistics: nothing of them would remain.
      const nothing = momentum === 1 ? eager.constant(new Float32Array(0), [0]) : undefined;
      const [y, mean, variance, ...saved] = eager.runMany(
        'FusedBatchNormV3',
        [...attributes(epsilon, true), eager.float('exponential_avg_factor', momentum)],
        [x, scale, offset, nothing ?? runningMean, nothing ?? runningVariance],
        6,
      ) as [Tensor, Tensor1D, Tensor1D, ...Tensor[]];
      if (nothing !== undefined) eager.free(nothing);
      return { y, runningMean: mean, runningVariance: variance, saved };
    },

    batchNormGradient(dy, x, scale, saved, { epsilon }) {
      const [dx, dScale, dOffset, ...unused] = eager.runMany(
        'FusedBatchNormGradV3',
        attributes(epsilon, true),
        [dy, x, scale, ...saved],
        5,
      ) as [Tensor, Tensor1D, Tensor1D, ...Tensor[]];
      for (const tensor of unused) tensor.dispose();
      return { x: dx, scale: dScale, offset: dOffset };
    },

    batchNormInference(x, scale, offset, mean, variance, { epsilon }) {
      const [y, ...unused] = eager.runMany(
        'FusedBatchNormV3',
        attributes(epsilon, false),
        [x, scale, offset, mean, variance],
        6,
      ) as [Tensor, ...Tensor[]];
      for (const tensor of unused) tensor.dispose();
      return y;
    },
  };
}
