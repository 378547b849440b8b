import type { TensorBackend } from '../backend.js';
import { gpuName, processorName, processorThreads } from '../device/processor.js';
import { EagerRuntime } from './eager-runtime.js';
import { loadTensorFlow } from './load-tensorflow.js';
import { createNativeBackend } from './native-backend.js';

/** Loads native TensorFlow and reports what it runs on. Throws what the loader throws. */
export async function openNativeBackend(): Promise<TensorBackend> {
  const tf = loadTensorFlow();
  await tf.setBackend('tensorflow');
  const eager = new EagerRuntime(tf);
  return createNativeBackend(eager, {
    implementation: 'native',
    tfjsBackend: 'tensorflow',
    kind: eager.usesGpu ? 'gpu' : 'cpu',
    name: eager.usesGpu ? gpuName() : processorName(),
    threads: processorThreads(),
    tensorflowVersion: eager.binding.TF_Version,
  });
}
