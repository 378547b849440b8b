import { defaultSubtasksPerSize } from '@moda/contracts';
import { limit } from '@moda/datasets';
import { analyzeModules } from '@moda/moda';
import { datasetOfModel, type ModelDatasetChoice } from '../model/dataset-of-model.js';
import { ratesOf, readModel } from '../model/model-folder.js';
import { reuseAccuracy } from '../reuse/reuse-accuracy.js';
import { sampleSubtasks } from '../reuse/sample-subtasks.js';
import type { RunContext } from '../run-context.js';

export interface SweepOptions extends ModelDatasetChoice {
  readonly model: string;
  readonly tau: readonly number[];
  /** Only the first so many test images. */
  readonly limit?: number | undefined;
  /** Sub-tasks drawn of every size from 2 to all classes. */
  readonly subtasksPerSize?: number | undefined;
  readonly seed?: number | undefined;
}

/** Shares in 0..1; accuracy is the mean over the sub-tasks. */
export interface SweepRow {
  readonly tau: number;
  readonly meanShare: number;
  readonly meanFlopsShare: number;
  readonly meanOverlap: number;
  readonly accuracy: number;
  readonly floorHits: number;
}

export interface SweepResult {
  readonly rows: readonly SweepRow[];
  /** Which sub-tasks the accuracy is the mean over. */
  readonly subtasks: readonly (readonly number[])[];
  readonly seed: number;
}

/** Module size, FLOPs, overlap and reuse accuracy of one model at several thresholds, from the same activation rates. */
export async function sweepTau(options: SweepOptions, context: RunContext): Promise<SweepResult> {
  const stored = await readModel(options.model);
  const rates = ratesOf(stored);
  const seed = options.seed ?? 42;
  const classes = stored.manifest.classes.length;
  const subtasks = sampleSubtasks(classes, options.subtasksPerSize ?? defaultSubtasksPerSize, seed);
  const analyses = options.tau.map((tau) => analyzeModules(stored.network, rates, tau));
  const whole = await datasetOfModel(stored, options);
  const dataset = options.limit === undefined ? whole : { ...whole, test: limit(whole.test, options.limit) };
  const backend = await context.backend();
  const rows: SweepRow[] = [];
  const total = analyses.length * subtasks.length;
  for (const [index, analysis] of analyses.entries()) {
    const { tau } = analysis;
    const onSubtask = (done: number): void => {
      context.signal.throwIfAborted();
      context.onProgress({
        type: 'task',
        label: 'Composing sub-tasks at each tau',
        done: index * subtasks.length + done,
        total,
        unit: 'sub-tasks',
        values: { tau },
      });
    };
    const reuse = await reuseAccuracy(backend, {
      network: stored.network,
      rates,
      tau,
      subtasks,
      dataset,
      onSubtask,
      signal: context.signal,
    });
    rows.push({
      tau,
      meanShare: analysis.meanShare,
      meanFlopsShare: analysis.meanFlopsShare,
      meanOverlap: analysis.meanOverlap,
      accuracy: meanOf(reuse.map(({ accuracy }) => accuracy)),
      floorHits: analysis.floorHits.length,
    });
  }
  return { rows, subtasks, seed };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
