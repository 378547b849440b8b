/** What the registry said of the set while the page was made. */
export interface FirstPrice {
  readonly weightsBytes: number;
  readonly wholeWeightsBytes: number;
  /** Parameters and multiply-adds as shares of the whole model, 0..1. */
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
}
