/**
 * An architecture may come from outside, and it costs a few bytes to ask for terabytes. These limits are far above what any
 * network of the field needs and far below what would take a machine down before the first tensor exists.
 */

/** Operators of one architecture. ResNet-152 has about 520. */
export const MAX_OPERATORS = 4096;

/** Height, width and channels of an image, windows, strides and paddings. */
export const MAX_EXTENT = 8192;

/** Channels of one layer, absent ones included. The widest dense layer of VGG16 has 4,096. */
export const MAX_CHANNELS = 65_536;

/**
 * Channels present in all outputs together, flattened maps included (they are lists of numbers: 2^22 take 32 MiB). VGG16 at
 * 224x224 has about 60,000.
 */
export const MAX_TOTAL_CHANNELS = 2 ** 22;

/** Values of one output per image: 2^27 take 512 MiB. VGG16 at 224x224 has 2^21.6. */
export const MAX_VALUES_PER_IMAGE = 2 ** 27;

/** Values of all parameters together: 2^30 take 4 GiB, what one safetensors file of this product may hold. */
export const MAX_PARAMETER_VALUES = 2 ** 30;

/** Length of an operator's name. */
export const MAX_NAME_LENGTH = 256;
