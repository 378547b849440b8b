export { openMemoryRunStore } from './open-memory-run-store.js';
export { describeRunStore, type RunStoreUnderTest } from './run-store-contract.js';
export { sampleRequest, sampleSpec } from './sample-request.js';
