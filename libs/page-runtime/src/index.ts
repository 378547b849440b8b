export type { InputShape } from './images/photo-input.js';
export type { BackendName, BackendPreference } from './runtime/backend-names.js';
export type { Trial } from './runtime/choose-backend.js';
export type { Latency } from './runtime/measure-latency.js';
export { openRuntime, type Runtime, type RuntimeOptions, tensorCount } from './runtime/open-runtime.js';
export type { LayersModelFiles } from './runtime/read-layers-model.js';
export { RuntimeUnavailable } from './runtime/runtime-unavailable.js';
