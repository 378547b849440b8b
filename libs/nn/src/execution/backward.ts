import type { Tensor, TensorBackend } from '@moda/tensor-backend';
import type { DeviceParameters } from './device-parameters.js';
import { aligned, batchNormMomentum, inputAt, present } from './forward.js';
import type { PlannedOperator } from './plan.js';

/** Takes ownership of each parameter's gradient as soon as it is known. */
export type GradientSink = (parameter: string, gradient: Tensor) => void;

/** What the forward pass left for an operator's backward pass; all borrowed. */
export interface OperatorRecord {
  readonly inputs: readonly Tensor[];
  readonly y: Tensor | undefined;
  readonly saved: readonly Tensor[];
}

/**
 * Gradients of one operator: with respect to its inputs as result (the caller disposes; absent where no parameter depends on
 * an input), with respect to its parameters through `sink`, after their values have been read for the last time.
 *
 * @param dy gradient with respect to the operator's output; borrowed
 */
export function runBackward(
  backend: TensorBackend,
  parameters: DeviceParameters,
  planned: PlannedOperator,
  record: OperatorRecord,
  dy: Tensor,
  sink: GradientSink,
): readonly (Tensor | undefined)[] {
  const { operator, alignments, inputNeedsGradient } = planned;
  const wanted = inputNeedsGradient[0] === true;
  switch (operator.op) {
    case 'conv': {
      const x = inputAt(record.inputs, 0);
      const dx = parameters.with(operator.name, ['kernel'], ([kernel]) =>
        wanted ? backend.conv2dInputGradient(x.shape, present(kernel), dy, operator) : undefined,
      );
      const shape = parameters.parameter(`${operator.name}/kernel`).shape;
      sink(`${operator.name}/kernel`, backend.conv2dKernelGradient(x, shape, dy, operator));
      if (operator.bias) sink(`${operator.name}/bias`, backend.biasGradient(dy));
      return [dx];
    }
    case 'depthwise': {
      const shape = parameters.parameter(`${operator.name}/kernel`).shape;
      const dx = aligned(backend, inputAt(record.inputs, 0), alignments[0]?.forward, (x) => {
        const dOwn = parameters.with(operator.name, ['kernel'], ([kernel]) =>
          wanted ? backend.depthwiseConv2dInputGradient(x.shape, present(kernel), dy, operator) : undefined,
        );
        sink(`${operator.name}/kernel`, backend.depthwiseConv2dKernelGradient(x, shape, dy, operator));
        return dOwn;
      });
      if (operator.bias) sink(`${operator.name}/bias`, backend.biasGradient(dy));
      return [dx && realigned(backend, dx, alignments[0]?.backward)];
    }
    case 'dense': {
      const x = inputAt(record.inputs, 0);
      const dx = parameters.with(operator.name, ['kernel'], ([kernel]) =>
        wanted ? backend.matMul(dy, present(kernel), false, true) : undefined,
      );
      sink(`${operator.name}/kernel`, backend.matMul(x, dy, true, false));
      if (operator.bias) sink(`${operator.name}/bias`, backend.biasGradient(dy));
      return [dx];
    }
    case 'batchNorm': {
      const x = inputAt(record.inputs, 0);
      const options = { epsilon: operator.epsilon, momentum: batchNormMomentum };
      const gradients = parameters.with(operator.name, ['scale'], ([scale]) =>
        backend.batchNormGradient(dy, x, present(scale), record.saved, options),
      );
      sink(`${operator.name}/scale`, gradients.scale);
      sink(`${operator.name}/offset`, gradients.offset);
      return [gradients.x];
    }
    case 'relu':
      return [wanted ? backend.reluGradient(dy, present(record.y)) : undefined];
    case 'maxPool':
      return [
        wanted
          ? backend.maxPoolGradient(inputAt(record.inputs, 0), present(record.y), dy, operator)
          : undefined,
      ];
    case 'add':
      return inputNeedsGradient.map((needed, i) => {
        if (!needed) return undefined;
        const positions = alignments[i]?.backward;
        return positions ? backend.alignChannels(dy, positions) : dy.clone();
      });
    case 'globalPool': {
      const { height, width, channels } = present(planned.inputShapes[0]);
      const shape = [batchOf(dy), height, width, channels.kept.length];
      return [wanted ? backend.globalAveragePoolGradient(shape, dy) : undefined];
    }
    case 'flatten': {
      const { height, width, channels } = present(planned.inputShapes[0]);
      return [
        wanted ? backend.tf.reshape(dy, [batchOf(dy), height, width, channels.kept.length]) : undefined,
      ];
    }
    case 'concat': {
      const sizes = planned.inputShapes.map((shape) => shape.channels.kept.length);
      return backend.tf.split(dy, sizes, 1).map((part, i) => {
        if (inputNeedsGradient[i]) return part;
        part.dispose();
        return undefined;
      });
    }
    case 'softmax':
      throw new Error(`Softmax "${operator.name}" is for inference only.`);
  }
}

function realigned(backend: TensorBackend, dx: Tensor, positions: readonly number[] | undefined): Tensor {
  if (!positions) return dx;
  const back = backend.alignChannels(dx, positions);
  dx.dispose();
  return back;
}

function batchOf(tensor: Tensor): number {
  return present(tensor.shape[0]);
}
