export { composeModule, moduleOf } from './compose/compose-module.js';
export type { Cut } from './compose/cut.js';
export { cutArchitecture } from './compose/cut-architecture.js';
export { cutNetwork } from './compose/cut-network.js';
export { unionMasks } from './compose/union-masks.js';
export type { ActivationRates, LayerCounts } from './decompose/activation-rates.js';
export { type ActivationCounter, countActivations } from './decompose/count-activations.js';
export { type FloorHit, type Masks, masksAt } from './decompose/masks.js';
export { affinityLoss } from './loss/affinity-loss.js';
export { compactnessLoss } from './loss/compactness-loss.js';
export { dispersionLoss } from './loss/dispersion-loss.js';
export { modularLoss, type ModularLossWeights, PAPER_WEIGHTS } from './loss/modular-loss.js';
export { analyzeModules, type ModuleAnalysis, type ModuleSize } from './measure/analyze-modules.js';
export type { LayerAnalysis } from './measure/layer-overlap.js';
export {
  type ParameterCounts,
  type ParameterExtent,
  parameterExtent,
  sharedParameters,
} from './measure/shared-parameters.js';
export type { BeforeAfter, PairedCounts, RepairReport } from './replace/repair-report.js';
export {
  type Calibration,
  featureNetwork,
  type OutputRange,
  repairedNetwork,
  scoreReplacedNetwork,
} from './replace/repaired-network.js';
export {
  type Repaired,
  type RepairedByCalibration,
  replaceByCalibration,
  replaceByScore,
  type Replacement,
  type RunOver,
} from './replace/replace.js';
export {
  type CalibrationRecipe,
  PAPER_RECIPE,
  trainCalibration,
  type TrainedCalibration,
} from './replace/train-calibration.js';
