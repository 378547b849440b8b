// Networks as data: everything that needs no tensors. The rest of the package re-exports it.
export { architectureNames, buildArchitecture } from '../architectures/build-architecture.js';
export type { ArchitectureOptions } from '../architectures/architecture-options.js';
export { compact } from '../architectures/compact.js';
export { lenet5 } from '../architectures/lenet5.js';
export { mobilenet } from '../architectures/mobilenet.js';
export { resnet18 } from '../architectures/resnet18.js';
export { vgg16 } from '../architectures/vgg16.js';
export { architectureToJson, parseArchitecture } from './architecture-json.js';
export type {
  Add,
  Architecture,
  BatchNorm,
  ChannelSet,
  Concat,
  Convolution,
  Dense,
  DepthwiseConvolution,
  Flatten,
  GlobalPool,
  ImageShape,
  MaxPool,
  Operator,
  Relu,
  Softmax,
} from './architecture.js';
export {
  expandAcrossFlatten,
  fullSet,
  intersect,
  isFull,
  positionsOf,
  sameSet,
  unite,
} from './channel-set.js';
export { checkNetwork } from './check-network.js';
export { countFlops, countFlopsPerLayer, countParameters, countState, type LayerFlops } from './count.js';
export { imageShape, inferShapes, INPUT, outputShape } from './infer-shapes.js';
export type { HostTensor, Network } from './network.js';
export { parameterSpecs, trackedLayers } from './parameters.js';
export type {
  OutputShape,
  ParameterKind,
  ParameterRole,
  ParameterSpec,
  ShapesByName,
  TrackedLayer,
} from './shapes.js';
export { initialisationScheme, initialise, type InitialisationScheme } from '../initialise/initialise.js';
export { alternativeSpellings, wrapperPrefixes } from '../layout/alternative-spellings.js';
export type { ForeignTensor } from '../layout/foreign-tensor.js';
export { fromPytorchLayout } from '../layout/from-pytorch-layout.js';
export { fromNativeLayout, toNativeLayout } from '../layout/native-layout.js';
export { tensorsToPytorchLayout, toPytorchLayout } from '../layout/to-pytorch-layout.js';
