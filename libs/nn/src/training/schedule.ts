/**
 * Cosine annealing to 0 over the run, stepped per epoch: lr/2 (1 + cos(pi epoch / epochs)).
 *
 * @param epoch 0 .. epochs-1
 */
export function cosineLearningRate(initial: number, epoch: number, epochs: number): number {
  return (initial / 2) * (1 + Math.cos((Math.PI * epoch) / epochs));
}
