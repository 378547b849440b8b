import type { DeviceReport } from '@moda/tensor-backend';
import type { EpochRecord } from '../train/history.js';
import type { AnalyzeResult } from '../verbs/analyze-model.js';
import type { ReplaceResult } from '../verbs/replace-class.js';
import type { SweepRow } from '../verbs/sweep-tau.js';
import type { FirstExperimentPlan } from './plan.js';

export interface TrainedModel {
  readonly path: string;
  readonly method: 'moda' | 'standard';
  readonly arch: string;
  /** On the test images, 0..1. */
  readonly accuracy: number;
  /** Time in training and evaluation, all epochs. */
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
}

/** Composed networks of one size, as means over the sub-tasks that were drawn. Shares in 0..1. */
export interface SubtaskSizeRow {
  readonly size: number;
  readonly subtasks: readonly (readonly number[])[];
  /** Of the composed networks. */
  readonly accuracy: number;
  /** Of the whole standard model, its answer restricted to the same classes. */
  readonly standardAccuracy: number;
  readonly parametersShare: number;
  readonly flopsShare: number;
}

/** The content of `report.json`. */
export interface FirstExperimentResult {
  readonly plan: FirstExperimentPlan;
  readonly device: DeviceReport;
  readonly classes: readonly string[];
  /** How training and test images were told apart. */
  readonly split: string;
  readonly standard: TrainedModel;
  readonly modular: TrainedModel;
  readonly weak: TrainedModel;
  /** Modules of both, cut the same way. */
  readonly modules: { readonly modular: AnalyzeResult; readonly standard: AnalyzeResult };
  readonly subtasks: readonly SubtaskSizeRow[];
  readonly tauSweep: readonly SweepRow[];
  readonly repair: readonly ReplaceResult[];
  readonly seconds: number;
}
