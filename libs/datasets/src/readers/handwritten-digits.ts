import type { Augmentation, Normalisation } from '../image-dataset.js';

/** What `digits` and `mnist` share: 28x28 grey images of the ten digits. */
export const digitSide = 28;
export const digitPixels = digitSide * digitSide;
export const digitClassNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Two black pixels on every side make 32x32, the size that the built-in networks take (LeNet-5 did the same). */
export const digitMargin = 2;

/** Mean and deviation of the 60,000 training images of MNIST at 28x28. */
export const digitNormalisation: Normalisation = { mean: [0.1307], std: [0.3081] };

/** Digits are not symmetric, so they are moved by up to two pixels and never mirrored. */
export const digitAugmentation: Augmentation = { cropPadding: 2, horizontalFlip: false };
