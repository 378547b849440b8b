import { trainDefaults, type TrainOptions } from '../train/train-options.js';

/** What `npm start` does, as data. Everything follows from these numbers and the seed. */
export interface FirstExperimentPlan {
  readonly standard: Omit<TrainOptions, 'out'>;
  readonly modular: Omit<TrainOptions, 'out'>;
  readonly tau: number;
  readonly tauSweep: readonly number[];
  readonly subtasksPerSize: number;
  readonly weak: Omit<TrainOptions, 'out'>;
  /** The class of the weak model that is repaired, by name. */
  readonly repairedClass: string;
  readonly repairEpochs: number;
  readonly repairBatchSize: number;
}

const common = { ...trainDefaults, arch: 'compact', dataset: 'digits', epochs: 12 } as const;

/**
 * Real handwritten digits on a network that two processor cores train in a minute or two. Compactness weighs ten times what
 * the paper gives it: twelve epochs leave it little time to act. The weak model is the paper's: LeNet5 on the classes 5 to 9
 * and one more, a tenth of the samples, too few epochs.
 */
export const firstExperimentPlan: FirstExperimentPlan = {
  standard: { ...common, method: 'standard' },
  modular: { ...common, method: 'moda', gamma: 3 },
  tau: 0.9,
  tauSweep: [0.1, 0.5, 0.8, 0.9, 0.95],
  subtasksPerSize: 5,
  weak: {
    ...common,
    arch: 'lenet5',
    method: 'standard',
    classes: ['3', '5', '6', '7', '8', '9'],
    epochs: 20,
    trainLimit: 480,
    augment: false,
  },
  repairedClass: '3',
  repairEpochs: 5,
  // 150 steps of the calibration layer, about as many as the paper's tenth of CIFAR-10 gives at a batch of 128.
  repairBatchSize: 16,
};
