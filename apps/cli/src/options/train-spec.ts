import {
  ModaError,
  parseTrainSpec,
  trainDefaults as defaults,
  type TrainSpec,
  trainSpecLimits as limits,
} from '@moda/contracts';
import {
  choice,
  flagOff,
  integerOr,
  numberOr,
  optionalInteger,
  optionalText,
  requiredText,
  textOr,
} from './kinds.js';
import type { Values } from './option.js';
import { alpha, beta, classes, dataDir, datasetNames, gamma, trainLimit } from './shared.js';

/** What a run is, whoever trains it: the options of `moda train` and of `moda runs submit`. */
export const trainSpecOptions = {
  arch: requiredText({
    describe: 'architecture: vgg16, resnet18, mobilenet, lenet5, compact, or a path to a .json file',
    placeholder: 'architecture',
    aliases: ['model'],
  }),
  dataset: textOr(defaults.dataset, { describe: `data set: ${datasetNames}`, placeholder: 'data set' }),
  dataDir,
  method: choice(['moda', 'standard', 'mwt'], defaults.method, { describe: 'training method' }),
  epochs: integerOr(
    defaults.epochs,
    { min: 1, max: limits.epochs },
    { describe: 'passes over the training images', aliases: ['n-epochs'] },
  ),
  batchSize: integerOr(
    defaults.batchSize,
    { min: 1, max: limits.batchSize },
    { describe: 'images per training step' },
  ),
  learningRate: numberOr(
    defaults.learningRate,
    { min: 0, aboveMin: true },
    { describe: 'first learning rate; it falls to 0 over the run by a cosine', aliases: ['lr'] },
  ),
  alpha,
  beta,
  gamma,
  seed: integerOr(
    defaults.seed,
    { min: 0, max: limits.seed },
    { describe: 'seed of initial weights, order and augmentation' },
  ),
  classes,
  checkpointEvery: integerOr(
    defaults.checkpointEvery,
    { min: 1, max: limits.epochs },
    { describe: 'epochs between checkpoints', aliases: ['checkpoint-every-n-epochs'] },
  ),
  init: optionalText({ describe: 'safetensors file with the initial weights', placeholder: 'file' }),
  initLayout: choice(['pytorch', 'native'], defaults.initLayout, {
    describe: 'names and axes in the file of --init',
  }),
  shuffle: flagOff('shuffle', { describe: 'keep the order of the data set in every epoch' }),
  augment: flagOff('augment', { describe: 'no random crops and flips' }),
  maxSteps: optionalInteger(
    { min: 1, max: limits.maxSteps },
    { describe: 'stop after so many training steps' },
  ),
  trainLimit,
};

/**
 * The whole, checked run.
 *
 * @throws ModaError METHOD_NOT_SUPPORTED, SPEC_INVALID
 */
export function trainSpecOf({ method, ...options }: Values<typeof trainSpecOptions>): TrainSpec {
  if (method === 'mwt') {
    throw new ModaError(
      'METHOD_NOT_SUPPORTED',
      'Training with --method mwt comes with a later release; choose moda or standard.',
      { method },
    );
  }
  return parseTrainSpec({ ...options, method });
}
