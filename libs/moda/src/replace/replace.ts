import type { Network, Predictions } from '@moda/nn';

import { repairReport, type RepairReport } from './repair-report.js';
import {
  featureNetwork,
  type OutputRange,
  repairedNetwork,
  scoreReplacedNetwork,
} from './repaired-network.js';
import { checkReplacement } from './join-networks.js';
import { type CalibrationRecipe, PAPER_RECIPE, trainCalibration } from './train-calibration.js';

/**
 * Runs a network in inference mode over the weak model's data, in a fixed order. Labels are positions among the weak model's
 * outputs.
 */
export type RunOver = (network: Network, split: 'train' | 'test') => Predictions | Promise<Predictions>;

export interface Replacement {
  readonly weak: Network;
  /** A module: one output. Any architecture that takes the same images. */
  readonly strongModule: Network;
  /** Which of the weak model's outputs the module replaces. */
  readonly targetPosition: number;
  readonly runOver: RunOver;
}

export interface Repaired {
  readonly network: Network;
  readonly report: RepairReport;
}

export interface RepairedByCalibration extends Repaired {
  /** Mean cross-entropy of each epoch of the calibration layer. */
  readonly losses: readonly number[];
}

/**
 * MODA's replacement: both models stay as they are, and one dense layer learns on the weak model's training set to read the weak
 * model's other outputs and the module's. (arXiv 2411.01074, module replacement.)
 *
 * @throws ModaError as `repairedNetwork` and `trainCalibration` do
 */
export async function replaceByCalibration(
  { weak, strongModule, targetPosition, runOver }: Replacement,
  recipe: Partial<CalibrationRecipe> & Pick<CalibrationRecipe, 'seed'>,
): Promise<RepairedByCalibration> {
  const features = await runOver(featureNetwork(weak, strongModule, targetPosition), 'train');
  const { kernel, bias, losses } = trainCalibration(features, { ...PAPER_RECIPE, ...recipe });
  const network = repairedNetwork(weak, strongModule, targetPosition, { kernel, bias });
  return { network, losses, report: await compare(weak, network, targetPosition, runOver) };
}

/**
 * CNNSplitter's replacement: the weak model's softmax score of the target gives way to the module's output, brought to 0..1 by
 * its lowest and highest value on the weak model's training set. Nothing is trained.
 *
 * @throws ModaError as `scoreReplacedNetwork` does
 */
export async function replaceByScore({
  weak,
  strongModule,
  targetPosition,
  runOver,
}: Replacement): Promise<Repaired> {
  checkReplacement(weak, strongModule, targetPosition);
  const range = rangeOf(await runOver(strongModule, 'train'));
  const network = scoreReplacedNetwork(weak, strongModule, targetPosition, range);
  return { network, report: await compare(weak, network, targetPosition, runOver) };
}

async function compare(
  weak: Network,
  repaired: Network,
  targetPosition: number,
  runOver: RunOver,
): Promise<RepairReport> {
  return repairReport(await runOver(weak, 'test'), await runOver(repaired, 'test'), targetPosition);
}

function rangeOf({ logits }: Predictions): OutputRange {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const output of logits) {
    lowest = Math.min(lowest, output);
    highest = Math.max(highest, output);
  }
  return logits.length > 0 ? { lowest, highest } : { lowest: 0, highest: 0 };
}
