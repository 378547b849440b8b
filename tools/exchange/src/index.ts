export { findReaders } from './environment.mjs';
export { installEnvironment } from './install-environment.mjs';
