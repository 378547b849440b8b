import type { DeviceReport, TensorBackend, TensorFunctions } from '../backend.js';
import { portableActivation } from './activation.js';
import { portableBatchNorm } from './batch-norm.js';
import { portableConvolution } from './convolution.js';
import { portableDense } from './dense.js';
import { portableDepthwise } from './depthwise.js';
import { PortableParameter } from './parameter.js';
import { portablePooling } from './pooling.js';

/** Every operator in TensorFlow.js operators that its WASM and plain JavaScript backends both have. */
export function createPortableBackend(tf: TensorFunctions, device: DeviceReport): TensorBackend {
  return {
    device,
    tf,
    ...portableConvolution(tf),
    ...portableDepthwise(tf),
    ...portableBatchNorm(tf),
    ...portableActivation(tf),
    ...portablePooling(tf),
    ...portableDense(tf),
    createParameter: (values, shape) => new PortableParameter(tf, values, shape),
    tensorCount: () => tf.memory().numTensors,
  };
}
