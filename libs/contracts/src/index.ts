export { errorCodes, type ErrorCode } from './error-codes.js';
export { isModaError, ModaError } from './moda-error.js';
export { nearestName } from './nearest-name.js';
export {
  type PairedCounts,
  type RunEvaluation,
  type RunResult,
  runResultSchemas,
} from './run-result/run-result.js';
export { quotedForShell } from './run-spec/command-words.js';
export { parseTrainSpec } from './run-spec/parse-train-spec.js';
export type { SpecIssue } from './run-spec/spec-issues.js';
export { maxSweepRuns, type SweepGrid, sweepGridSchema, sweepSpecs } from './run-spec/sweep-specs.js';
export { trainArguments, trainCommandLine } from './run-spec/train-command-line.js';
export { trainDefaults } from './run-spec/train-defaults.js';
export { trainSpecLimits } from './run-spec/train-spec-limits.js';
export { type TrainSpec, type TrainSpecInput, trainSpecSchema } from './run-spec/train-spec.js';
export { type EpochMetric, epochMetrics } from './run-metrics/epoch-metrics.js';
export {
  canFollow,
  isLive,
  isTerminal,
  type RunState,
  runStates,
  type RunTransition,
  runTransitions,
  transitionReason,
} from './run-state/run-state.js';
export { parseRunTask } from './run-task/parse-run-task.js';
export {
  defaultSubtasksPerSize,
  defaultSweepTaus,
  defaultTau,
  replaceDefaults,
  replaceStrategies,
  type RunTask,
  type RunTaskInput,
  type RunTaskKind,
  runTaskSchemas,
  trainTask,
} from './run-task/run-task.js';
export { taskCommandLine } from './run-task/task-command-line.js';
