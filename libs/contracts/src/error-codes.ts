/**
 * Every stable error code with its meaning. Codes are added, never renamed: scripts and other services match on them.
 */
export const errorCodes = {
  ARCHITECTURE_CHANNEL_MISMATCH: 'Two connected operators disagree about their channels or sizes.',
  ARCHITECTURE_CYCLE: 'The operators of an architecture form a cycle.',
  ARCHITECTURE_INVALID: 'An architecture is not of the documented form.',
  ARCHITECTURE_UNKNOWN: 'No built-in architecture and no file of this name.',
  ARCHITECTURE_UNKNOWN_OPERATOR: 'An architecture names an operator that does not exist.',
  CHECKPOINT_FOREIGN: 'A checkpoint belongs to a run with other options.',
  CLASS_UNKNOWN: 'A class that the model or the data set does not have.',
  DATASET_CORRUPT: 'A data file is truncated, mislabelled or not of its format.',
  DATASET_MISSING: 'A file of the data set is not there.',
  DATASET_UNKNOWN: 'No data set of this name.',
  FORMAT_NOT_SUPPORTED: 'An export format that this version does not have.',
  INPUT_SHAPE: 'An input tensor is missing or has another shape or type than the model takes.',
  INTERRUPTED: 'The command was stopped before it was done.',
  METHOD_NOT_SUPPORTED: 'A training method that this version does not have.',
  MODEL_INVALID: 'A model folder is missing, incomplete or inconsistent.',
  NATIVE_UNAVAILABLE: 'Native TensorFlow was demanded and does not load.',
  NOT_AVAILABLE_YET: 'A command that this version does not have yet.',
  OUTPUT_EXISTS: 'The output folder already holds something else.',
  PARAMETER_MISMATCH: 'Parameters do not fit the architecture.',
  RATES_INVALID: 'Activation rates are impossible or not of their format.',
  RATES_MISSING: 'The model has no activation rates yet.',
  SAFETENSORS_INVALID: 'A safetensors file is malformed or outside the stated limits.',
  TRAINING_DIVERGED: 'The loss became infinite or not a number.',
  UNEXPECTED: 'Something failed that should not; the message says what.',
  USAGE: 'A command was called with wrong or missing options.',
} as const;

export type ErrorCode = keyof typeof errorCodes;
