// Images and logits as plain numbers, for pages that have not loaded TensorFlow.js.
export { largestDifference } from '../logits/largest-difference.js';
export { probabilities } from '../logits/probabilities.js';
export { digitInput } from './digit-input.js';
export { normalise, type Normalisation } from './normalise.js';
export { type InputShape, photoInput } from './photo-input.js';
export type { Pixels, Plane } from './pixels.js';
export { resizeBilinear } from './resize-bilinear.js';
