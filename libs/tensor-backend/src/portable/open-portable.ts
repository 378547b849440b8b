import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TensorBackend, TensorFunctions } from '../backend.js';
import { processorName } from '../device/processor.js';
import { createPortableBackend } from './portable-backend.js';

const require = createRequire(import.meta.url);

/** Opens the portable operators on WASM, or where that does not start, on plain JavaScript. */
export async function openPortableBackend(
  demanded?: 'wasm' | 'cpu',
  nativeReason?: string,
): Promise<TensorBackend> {
  const tf = require('@tensorflow/tfjs-core') as TensorFunctions;
  const wasmReason = demanded === 'cpu' ? undefined : await startWasm(tf);
  const onWasm = demanded !== 'cpu' && wasmReason === undefined;
  if (!onWasm) await startJavaScript(tf);
  const fallbackReason = [nativeReason, wasmReason].filter((reason) => reason !== undefined).join(' ');
  return createPortableBackend(tf, {
    implementation: 'portable',
    tfjsBackend: onWasm ? 'wasm' : 'cpu',
    kind: 'cpu',
    name: processorName(),
    threads: 1,
    ...(fallbackReason === '' ? {} : { fallbackReason }),
  });
}

/** Why WASM does not start; nothing where it does. */
async function startWasm(tf: TensorFunctions): Promise<string | undefined> {
  try {
    const entry = require.resolve('@tensorflow/tfjs-backend-wasm');
    const wasm = require(entry) as typeof import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(join(dirname(entry), '/'));
    if (await tf.setBackend('wasm')) return undefined;
    return 'The WASM backend does not start on this Node, so plain JavaScript computes; use a newer Node.';
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    return `The WASM backend does not start (${reason}), so plain JavaScript computes; run \`npm run setup\`.`;
  }
}

async function startJavaScript(tf: TensorFunctions): Promise<void> {
  require('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  // Its first use advises to install the package that is already there; what is missing is said by `fallbackReason`.
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
}
