/**
 * Metrics that a training measures once an epoch, on the network as it is then, and tells in the point of the epoch's last step. All of them
 * are shares in 0..1.
 *
 * - `accuracy`: on the test images.
 * - `moduleShare`: mean over the modules that a cut at tau 0.9 would give, parameters of the module / of the model.
 * - `moduleOverlap`: mean over pairs of these modules, parameters that both have / of the model.
 */
export const epochMetrics = ['accuracy', 'moduleShare', 'moduleOverlap'] as const;

export type EpochMetric = (typeof epochMetrics)[number];
