export { BUCKETS, countSketch, norm, relativeDifference } from './count-sketch.js';
export { loadConventions } from './conventions.js';
export type { Conventions } from './conventions.js';
export { fixtureNames } from './fixture.js';
export type {
  Batch,
  ComposedCase,
  Fixture,
  FixtureName,
  FormulaTensorSpec,
  LossCase,
  Losses,
  LossTerms,
  TensorDigest,
  Tolerance,
} from './fixture.js';
export { differenceFrom, imagesOf, stateOf } from './fixture-state.js';
export { formulaImages, formulaTensor, unitInterval, weightFormula } from './formula-tensor.js';
export type { Formula, ImageRecipe } from './formula-tensor.js';
export { fmix32, fnv1a32 } from './hash.js';
export { loadFixture } from './load-fixture.js';
export { artificialMask, countsOfDigits, unionOfMasks, unitsOfHex } from './masks.js';
