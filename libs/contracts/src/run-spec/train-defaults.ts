/** The paper's recipe (arXiv 2411.01074), on the data that comes with the program. */
export const trainDefaults = {
  dataset: 'digits',
  method: 'moda',
  epochs: 200,
  batchSize: 128,
  learningRate: 0.05,
  alpha: 1,
  beta: 1,
  gamma: 0.3,
  seed: 42,
  checkpointEvery: 1,
  initLayout: 'pytorch',
  shuffle: true,
  augment: true,
} as const;
