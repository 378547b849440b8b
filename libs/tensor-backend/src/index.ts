export type {
  BatchNormGradients,
  BatchNormOptions,
  BatchNormStep,
  ConvolutionGeometry,
  DeviceReport,
  Parameter,
  PoolGeometry,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  TensorBackend,
  TensorFunctions,
} from './backend.js';
export { openTensorBackend, type OpenBackendOptions } from './open-backend.js';
