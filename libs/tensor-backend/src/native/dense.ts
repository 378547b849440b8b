import type { Tensor1D, Tensor2D, TensorBackend } from '../backend.js';
import type { EagerRuntime } from './eager-runtime.js';

type Dense = Pick<TensorBackend, 'matMul' | 'softmaxCrossEntropy'>;

export function nativeDense(eager: EagerRuntime): Dense {
  return {
    matMul: (a, b, transposeA = false, transposeB = false) =>
      eager.run(
        'MatMul',
        [eager.float32, eager.boolean('transpose_a', transposeA), eager.boolean('transpose_b', transposeB)],
        [a, b],
      ) as Tensor2D,

    softmaxCrossEntropy(logits, labels) {
      const [losses, gradient] = eager.runMany(
        'SparseSoftmaxCrossEntropyWithLogits',
        [eager.float32, eager.type('Tlabels', eager.binding.TF_INT32)],
        [logits, labels],
        2,
      ) as [Tensor1D, Tensor2D];
      return { losses, gradient };
    },
  };
}
