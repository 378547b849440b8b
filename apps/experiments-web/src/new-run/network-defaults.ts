import type { TrainSpecInput } from '@moda/contracts';

/** What goes with a network where nobody chose otherwise. */
const byNetwork: Readonly<Record<string, Partial<TrainSpecInput>>> = {
  // Handwritten digits come with the program: the two small networks begin at once, with few epochs.
  compact: { dataset: 'digits', epochs: 12, gamma: 3 },
  lenet5: { dataset: 'digits', epochs: 20 },
  // The paper's networks on the paper's data, with the paper's recipe.
  vgg16: { dataset: 'cifar10' },
  resnet18: { dataset: 'cifar10' },
  mobilenet: { dataset: 'cifar10' },
};

export function networkDefaults(arch: string): Partial<TrainSpecInput> {
  return Object.hasOwn(byNetwork, arch) ? byNetwork[arch]! : {};
}
