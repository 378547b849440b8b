export { architectureNames, buildArchitecture } from './architectures/build-architecture.js';
export type { ArchitectureOptions } from './architectures/architecture-options.js';
export { compact } from './architectures/compact.js';
export { lenet5 } from './architectures/lenet5.js';
export { mobilenet } from './architectures/mobilenet.js';
export { resnet18 } from './architectures/resnet18.js';
export { vgg16 } from './architectures/vgg16.js';
export { architectureToJson, parseArchitecture } from './graph/architecture-json.js';
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
} from './graph/architecture.js';
export {
  expandAcrossFlatten,
  fullSet,
  intersect,
  isFull,
  positionsOf,
  sameSet,
  unite,
} from './graph/channel-set.js';
export { checkNetwork } from './graph/check-network.js';
export {
  countFlops,
  countFlopsPerLayer,
  countParameters,
  countState,
  type LayerFlops,
} from './graph/count.js';
export { imageShape, inferShapes, INPUT, outputShape } from './graph/infer-shapes.js';
export type { HostTensor, Network } from './graph/network.js';
export { parameterSpecs, trackedLayers } from './graph/parameters.js';
export type {
  OutputShape,
  ParameterKind,
  ParameterRole,
  ParameterSpec,
  ShapesByName,
  TrackedLayer,
} from './graph/shapes.js';
export { initialisationScheme, initialise, type InitialisationScheme } from './initialise/initialise.js';
export { alternativeSpellings, wrapperPrefixes } from './layout/alternative-spellings.js';
export type { ForeignTensor } from './layout/foreign-tensor.js';
export { fromPytorchLayout } from './layout/from-pytorch-layout.js';
export { fromNativeLayout, toNativeLayout } from './layout/native-layout.js';
export { tensorsToPytorchLayout, toPytorchLayout } from './layout/to-pytorch-layout.js';
export type { GradientSink } from './execution/backward.js';
export {
  type BatchLosses,
  type DeviceModel,
  type LossTerm,
  type NesterovOptions,
  openModel,
} from './execution/device-model.js';
export type { ActivationLoss, ActivationLossResult } from './training/activation-loss.js';
export type { Batch } from './training/batch.js';
export {
  evaluatePredictions,
  type Evaluation,
  predictAll,
  predictedClasses,
  type Predictions,
  restrictTo,
} from './training/evaluate.js';
export { cosineLearningRate } from './training/schedule.js';
export {
  type EpochLosses,
  firstPosition,
  type LossSums,
  meanLosses,
  train,
  type TrainingEvent,
  type TrainingOptions,
  type TrainingPosition,
} from './training/train.js';
