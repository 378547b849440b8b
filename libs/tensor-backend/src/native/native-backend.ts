import type { DeviceReport, TensorBackend } from '../backend.js';
import { nativeActivation } from './activation.js';
import { nativeAlignChannels } from './align-channels.js';
import { nativeBatchNorm } from './batch-norm.js';
import { nativeConvolution } from './convolution.js';
import { nativeDense } from './dense.js';
import type { EagerRuntime } from './eager-runtime.js';
import { NativeParameter } from './parameter.js';
import { nativePooling } from './pooling.js';

/** Every operator by TensorFlow's own fused kernels. */
export function createNativeBackend(eager: EagerRuntime, device: DeviceReport): TensorBackend {
  return {
    device,
    tf: eager.tf,
    ...nativeConvolution(eager),
    ...nativeBatchNorm(eager),
    ...nativeActivation(eager),
    ...nativePooling(eager),
    ...nativeDense(eager),
    ...nativeAlignChannels(eager),
    createParameter: (values, shape) => new NativeParameter(eager, values, shape),
    tensorCount: () => eager.tf.memory().numTensors,
  };
}
