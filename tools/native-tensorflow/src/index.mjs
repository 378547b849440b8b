export { installNativeTensorflow } from './install-native-tensorflow.mjs';
export { inspectNativeTensorflow } from './inspect-native-tensorflow.mjs';
export { createProgress } from './progress.mjs';
export { nativeFailureCodes } from './native-failure.mjs';
