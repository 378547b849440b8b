/** What a module or composition weighs and costs, and what one more class would add. Shares are of the whole model, 0..1. */
export interface Price {
  /** Trainable values. */
  readonly parameters: number;
  readonly share: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  readonly flopsShare: number;
  /** Bytes of the weights file, exactly. */
  readonly weightsBytes: number;
  /** By candidate, ascending. */
  readonly marginal: readonly MarginalPrice[];
}

/** What one more class adds to a composition; nothing where it has the class already. */
export interface MarginalPrice {
  readonly class: number;
  readonly parameters: number;
  readonly flops: number;
  readonly weightsBytes: number;
  /** Trainable values of the class's own module that the composition has too / all of its own; 0..1, and 1 for a class of the composition. */
  readonly sharedWithCart: number;
  /** The other class of the composition whose module has most of this one's values, the lowest of equals. */
  readonly nearest?: { readonly class: number; readonly shared: number };
}
