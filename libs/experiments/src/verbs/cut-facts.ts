import { countFlops, countParameters, type Network } from '@moda/nn';

/** How large a cut network is beside the model it was cut from. Shares in 0..1. */
export interface CutFacts {
  /** Trainable parameters. */
  readonly parameters: number;
  readonly share: number;
  /** Multiply-adds of convolutions and dense layers for one image. */
  readonly flops: number;
  readonly flopsShare: number;
}

export function cutFacts(cut: Network, whole: Network): CutFacts {
  const parameters = countParameters(cut.architecture);
  const flops = countFlops(cut.architecture);
  return {
    parameters,
    share: parameters / countParameters(whole.architecture),
    flops,
    flopsShare: flops / countFlops(whole.architecture),
  };
}
