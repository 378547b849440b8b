import type { Tensor, TensorBackend } from '@moda/tensor-backend';
import type { DeviceParameters } from './device-parameters.js';
import type { PlannedOperator } from './plan.js';

/** PyTorch's default: running = 0.9 running + 0.1 batch. */
export const batchNormMomentum = 0.1;

/** What one operator's forward pass gives: its output and what only its own backward pass needs. */
export interface OperatorResult {
  readonly y: Tensor;
  readonly saved: readonly Tensor[];
}

/** Whether batch norm takes the batch's statistics, and whether it moves the running ones. */
export type ForwardMode = 'inference' | 'training' | 'training-keeping-statistics';

/** Runs one operator on its inputs (borrowed). The caller disposes the result. */
export function runOperator(
  backend: TensorBackend,
  parameters: DeviceParameters,
  { operator, outputShape, alignments }: PlannedOperator,
  inputs: readonly Tensor[],
  mode: ForwardMode,
): OperatorResult {
  const x = inputAt(inputs, 0);
  switch (operator.op) {
    case 'conv':
      return parameters.with(
        operator.name,
        operator.bias ? ['kernel', 'bias'] : ['kernel'],
        ([kernel, bias]) => withBias(backend, backend.conv2d(x, present(kernel), operator), bias),
      );
    case 'depthwise':
      return parameters.with(
        operator.name,
        operator.bias ? ['kernel', 'bias'] : ['kernel'],
        ([kernel, bias]) =>
          aligned(backend, x, alignments[0]?.forward, (own) =>
            withBias(backend, backend.depthwiseConv2d(own, present(kernel), operator), bias),
          ),
      );
    case 'dense':
      return parameters.with(
        operator.name,
        operator.bias ? ['kernel', 'bias'] : ['kernel'],
        ([kernel, bias]) => withBias(backend, backend.matMul(x, present(kernel)), bias),
      );
    case 'batchNorm':
      return parameters.with(operator.name, ['scale', 'offset', 'mean', 'variance'], (values) => {
        const [scale, offset, mean, variance] = values.map(present) as [Tensor, Tensor, Tensor, Tensor];
        const options = { epsilon: operator.epsilon, momentum: batchNormMomentum };
        if (mode === 'inference') {
          return only(backend.batchNormInference(x, scale, offset, mean, variance, options));
        }
        const step = backend.batchNormTraining(x, scale, offset, mean, variance, options);
        if (mode === 'training') {
          parameters.replaceStatistic(`${operator.name}/mean`, step.runningMean);
          parameters.replaceStatistic(`${operator.name}/variance`, step.runningVariance);
        } else {
          step.runningMean.dispose();
          step.runningVariance.dispose();
        }
        return { y: step.y, saved: step.saved };
      });
    case 'relu':
      return only(backend.relu(x));
    case 'maxPool':
      return only(backend.maxPool(x, operator));
    case 'add':
      return aligned(backend, x, alignments[0]?.forward, (left) =>
        aligned(backend, inputAt(inputs, 1), alignments[1]?.forward, (right) =>
          only(backend.tf.add(left, right)),
        ),
      );
    case 'globalPool':
      return only(backend.globalAveragePool(x));
    case 'flatten':
      return only(backend.tf.reshape(x, [-1, outputShape.channels.kept.length]));
    case 'concat':
      return only(backend.tf.concat([...inputs], 1));
    case 'softmax':
      return only(backend.tf.softmax(x));
  }
}

/** The i-th input; a plan has checked that it exists. */
export function inputAt(inputs: readonly Tensor[], index: number): Tensor {
  return present(inputs[index]);
}

/** Calls `use` with x rearranged to an operator's own channels, or with x itself where nothing has to move. */
export function aligned<T>(
  backend: TensorBackend,
  x: Tensor,
  positions: readonly number[] | undefined,
  use: (own: Tensor) => T,
): T {
  if (!positions) return use(x);
  const own = backend.alignChannels(x, positions);
  try {
    return use(own);
  } finally {
    own.dispose();
  }
}

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('An operator was run without one of its inputs or parameters.');
  return value;
}

function withBias(backend: TensorBackend, y: Tensor, bias: Tensor | undefined): OperatorResult {
  if (!bias) return only(y);
  const biased = backend.biasAdd(y, bias);
  y.dispose();
  return only(biased);
}

function only(y: Tensor): OperatorResult {
  return { y, saved: [] };
}
