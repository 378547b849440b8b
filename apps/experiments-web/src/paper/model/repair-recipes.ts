import type { Recipe } from './recipe';

const weakClasses = ['5', '6', '7', '8', '9'] as const;
const mixedIn: Readonly<Record<string, string>> = {
  airplane: '0',
  automobile: '1',
  bird: '2',
  cat: '3',
  deer: '4',
};

/** The training images of a tenth of six classes of CIFAR10, 5,000 of each. */
const tenthOfSixClasses = 3_000;
const batchSize = 128;
const stepsPerEpoch = Math.ceil(tenthOfSixClasses / batchSize);

/**
 * The weak model of the paper: LeNet5 on classes 5 to 9 and the class that is to be replaced, on a tenth of the training images, without
 * augmentation. A training of 200 epochs that ends early, since the learning rate falls over all of them.
 *
 * @param epoch after which it is taken
 */
export function weakRecipe(className: string, epoch: number): Recipe | string {
  const label = mixedIn[className];
  if (label === undefined) return `CIFAR10 has no class ${className}.`;
  return {
    arch: 'lenet5',
    dataset: 'cifar10',
    method: 'standard',
    epochs: 200,
    batchSize,
    learningRate: 0.05,
    classes: [label, ...weakClasses],
    augment: false,
    trainLimit: tenthOfSixClasses,
    maxSteps: epoch * stepsPerEpoch,
  };
}

/** The strong model of the paper: VGG16 on classes 0 to 4. */
export const strongRecipe: Recipe = {
  arch: 'vgg16',
  dataset: 'cifar10',
  method: 'moda',
  epochs: 200,
  batchSize: 128,
  learningRate: 0.05,
  alpha: 1,
  beta: 1,
  gamma: 0.3,
  classes: ['0', '1', '2', '3', '4'],
};
