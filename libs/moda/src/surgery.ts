// Cutting, pricing and comparing networks: all that needs no tensors, for programs that must not load TensorFlow.
export { compatibility, type Difference, type Purpose, type Verdict } from './compatibility/compatibility.js';
export type { ModelFacts } from './compatibility/model-facts.js';
export { nearestAlternative } from './compatibility/nearest-alternative.js';
export { composeModule, moduleOf } from './compose/compose-module.js';
export type { Cut } from './compose/cut.js';
export { cutArchitecture } from './compose/cut-architecture.js';
export { cutNetwork } from './compose/cut-network.js';
export { unionMasks } from './compose/union-masks.js';
export type { ActivationRates, LayerCounts } from './decompose/activation-rates.js';
export { type FloorHit, type Masks, masksAt } from './decompose/masks.js';
export { cutWeights } from './derive/cut-weights.js';
export { deriveManifest } from './derive/derive-manifest.js';
export { derivedPackage } from './derive/derived-package.js';
export { type CutChoice, type CutPlan, planCut, type WholeModel } from './derive/plan-cut.js';
export type { ReadRange } from './derive/read-piece.js';
export { type SourcePiece, sourcePieces } from './derive/source-pieces.js';
export { analyzeModules, type ModuleAnalysis, type ModuleSize } from './measure/analyze-modules.js';
export type { LayerAnalysis } from './measure/layer-overlap.js';
export {
  type ParameterCounts,
  type ParameterExtent,
  parameterExtent,
  sharedParameters,
} from './measure/shared-parameters.js';
export type { MarginalPrice, Price } from './price/price.js';
export { type PriceList, priceList } from './price/price-list.js';
export { priceOf } from './price/price-of.js';
