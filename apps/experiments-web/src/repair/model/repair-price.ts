/** What a repaired model has more than the weak one: both networks run for every image. */
export interface RepairPrice {
  /** Trainable values. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
}

/** The last layer of a weak model. */
export interface WeakOutput {
  /** Its outputs. */
  readonly classes: number;
  /** Units that it reads. */
  readonly inputs: number;
}

/**
 * The module and what joins it to the weak model.
 *
 * `moda`: a dense layer from the K - 1 outputs that stay and the module's to K outputs; the output that goes saves its weights and bias.
 * `cnnsplitter`: the module's output is scaled (a weight and a bias), and a dense layer puts K + 1 scores into K places.
 */
export function repairPrice(
  module: RepairPrice,
  strategy: 'moda' | 'cnnsplitter',
  { classes, inputs }: WeakOutput,
): RepairPrice {
  if (strategy === 'moda')
    return {
      parameters: module.parameters + classes * classes + classes - (inputs + 1),
      flops: module.flops + classes * classes - inputs,
    };
  return {
    parameters: module.parameters + 2 + (classes + 1) * classes + classes,
    flops: module.flops + 1 + (classes + 1) * classes,
  };
}
