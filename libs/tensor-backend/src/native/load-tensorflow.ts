import { createRequire } from 'node:module';
import util from 'node:util';
import type { TensorFunctions } from '../backend.js';

export type TensorFlowModule = TensorFunctions;

/** Functions that Node removed in version 23 and that TensorFlow.js's Node package calls. */
const removedFromNode: Record<string, (value: unknown) => boolean> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: (value) => Array.isArray(value),
};

/**
 * Loads the native TensorFlow through its TensorFlow.js package and makes it the current backend. Throws what the loader
 * throws where the addon or TensorFlow's library is missing or does not fit.
 */
export function loadTensorFlow(): TensorFlowModule {
  const nodeUtil = util as unknown as Record<string, unknown>;
  // Replaced also where Node still has them: there they only print a deprecation warning.
  Object.assign(nodeUtil, removedFromNode);
  // TensorFlow reads these when its library is loaded. Without them it greets, and picks GPU kernels that add in any order.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_CUDNN_DETERMINISTIC'] ??= '1';
  return createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu') as TensorFlowModule;
}
