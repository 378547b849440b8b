export { csv, type CsvCell } from './report/csv.js';
export { markdownTable } from './report/markdown-table.js';
export {
  logitsOfSamples,
  type LogitsOfSamplesOptions,
  type LogitsOfSamplesResult,
} from './samples/logits-of-samples.js';
export { writeSampleImages, type WriteSampleImagesOptions } from './samples/write-sample-images.js';
export { type ProgressEvent, type RunContext } from './run-context.js';
export { adoptCheckpoint } from './train/adopt-checkpoint.js';
export { type EpochRecord } from './train/history.js';
export { trainModel, type TrainResult } from './train/train-model.js';
export { trainDefaults, type TrainOptions } from './train/train-options.js';
export { analyzeModel, type AnalyzeOptions, type AnalyzeResult } from './verbs/analyze-model.js';
export { benchStep, type BenchStepOptions, type BenchStepResult } from './verbs/bench-step.js';
export { composeModel, type ComposeOptions, type ComposeResult } from './verbs/compose-model.js';
export { decomposeModel, type DecomposeOptions, type DecomposeResult } from './verbs/decompose-model.js';
export { evaluateModel, type EvaluateOptions, type EvaluateResult } from './verbs/evaluate-model.js';
export { estimateTraining, type TrainingEstimate } from './verbs/estimate-training.js';
export { exportModel, type ExportOptions, type ExportResult } from './verbs/export-model.js';
export { importModel, type ImportOptions, type ImportResult } from './verbs/import-model.js';
export { lossesOfFile, type LossesOptions, type LossesResult } from './verbs/losses-of-file.js';
export { predictFile, type PredictOptions, type PredictResult } from './verbs/predict-file.js';
export { sweepTau, type SweepOptions, type SweepResult } from './verbs/sweep-tau.js';
export { replaceClass, type ReplaceOptions, type ReplaceResult } from './verbs/replace-class.js';
export { claimExperimentFolder } from './first-experiment/experiment-folder.js';
export { runFirstExperiment } from './first-experiment/first-experiment.js';
export { firstExperimentPlan, type FirstExperimentPlan } from './first-experiment/plan.js';
export { digestOfPlan, readPlan } from './first-experiment/read-plan.js';
export { readReport } from './first-experiment/read-report.js';
export type { FirstExperimentResult } from './first-experiment/result.js';
export { summaryTables, type TextTable } from './first-experiment/summary-tables.js';
export { writeReport } from './first-experiment/write-report.js';
