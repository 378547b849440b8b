/**
 * Other names under which checkpoints of the built-in architectures hold their tensors, per architecture: `[theirs, ours]`, each an
 * operator or the part of a name that stands for it. A spelling is tried only for a tensor that a file lacks under our name.
 *
 * The checkpoints of the method's public artifact use the names of this product. The spellings here are those of other widespread PyTorch
 * implementations of the same networks: shortcuts and last layers named otherwise, and VGG classifiers with dropout layers,
 * which have no parameters but take a number.
 */
export const alternativeSpellings: Readonly<
  Record<string, readonly (readonly [theirs: string, ours: string])[]>
> = {
  vgg16: [
    ['classifier.3', 'classifier.2'],
    ['classifier.6', 'classifier.4'],
  ],
  resnet18: [
    ['shortcut', 'downsample'],
    ['linear', 'fc'],
  ],
  mobilenet: [
    ['fc', 'linear'],
    ['classifier', 'linear'],
  ],
};

/** Prefixes that wrappers of a model put before every name: data-parallel training and classes that hold the network in a field. */
export const wrapperPrefixes: readonly string[] = ['module.', 'model.', '_orig_mod.'];
