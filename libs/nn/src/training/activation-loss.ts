import type { Tensor, TensorBackend } from '@moda/tensor-backend';

/** Loss terms on the unit activations of the tracked layers, added to the cross-entropy of a training step. */
export interface ActivationLoss {
  /** Names of the terms, in the order of `ActivationLossResult.terms`, e.g. affinity, dispersion, compactness. */
  readonly termNames: readonly string[];
  /** Weight of each term in the total. */
  readonly weights: readonly number[];
  /**
   * @param activations per tracked layer in forward order, `[batch, unit]`, non-negative; borrowed
   * @param labels class index of each sample, 0 .. classes-1
   * @param classes number of classes
   */
  evaluate(
    backend: TensorBackend,
    activations: readonly Tensor[],
    labels: Int32Array,
    classes: number,
  ): ActivationLossResult;
}

/** The caller disposes every tensor in it. */
export interface ActivationLossResult {
  /** `[terms, layers]`, each value as it enters the loss (unweighted); a term's loss is its mean over the layers. */
  readonly terms: Tensor;
  /** Per tracked layer `[batch, unit]`: gradient of the weighted sum of all terms with respect to the unit activations. */
  readonly gradients: readonly Tensor[];
}
