import { fileURLToPath } from 'node:url';
import { NativeFailure } from './native-failure.mjs';
import { runProgram } from './run-program.mjs';

const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));
const EXPECTED = [19, 22, 43, 50];
// Loading takes a second; the first use of a GPU can take many.
const PROBE_TIMEOUT_MS = 180_000;

/**
 * Loads the package in a process of its own, since a library that does not fit may end the process that loads it.
 * @param {{ packageFolder: string, tensorflow: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 * @returns {Promise<{ gpuInUse: boolean }>}
 * @throws {NativeFailure} NATIVE_LOAD_FAILED
 */
export async function verifyPackage({ packageFolder, tensorflow, env, signal }) {
  const { NODE_OPTIONS: _ignored, ...rest } = env;
  const result = await runProgram(process.execPath, ['--no-deprecation', PROBE, packageFolder], {
    env: { ...rest, TF_CPP_MIN_LOG_LEVEL: '2' },
    signal,
    timeoutMs: PROBE_TIMEOUT_MS,
  });
  const line = /^probe (\{.*\})$/m.exec(result?.stdout ?? '')?.[1];
  if (!result?.ok || line === undefined) {
    const said = (result?.stderr ?? '').split('\n').filter((each) => each.trim() !== '');
    const fact =
      said.find((each) => /Error: |cannot open|undefined symbol|compiled to use|version `/.test(each)) ??
      said.at(-1) ??
      'it said nothing';
    const end = result?.killedBy ? ` (ended by ${result.killedBy})` : '';
    throw loadFailure(`The addon does not load${end}: ${fact.trim().replace(/\.$/, '')}.`);
  }
  const answer =
    /** @type {{ backend: string, product: number[], tensorflow: string, gpuInUse: boolean }} */ (
      JSON.parse(line)
    );
  if (answer.backend !== 'tensorflow')
    throw loadFailure(`The package runs on "${answer.backend}" instead of TensorFlow.`);
  if (answer.tensorflow !== tensorflow) {
    throw loadFailure(`TensorFlow ${answer.tensorflow} was loaded instead of ${tensorflow}.`);
  }
  if (answer.product.join() !== EXPECTED.join()) {
    throw loadFailure(
      `A product of two matrices came out as ${answer.product.join(', ')}, not ${EXPECTED.join(', ')}.`,
    );
  }
  return { gpuInUse: answer.gpuInUse };
}

/** @param {string} reason */
function loadFailure(reason) {
  return new NativeFailure(
    'NATIVE_LOAD_FAILED',
    reason,
    'Clear LD_LIBRARY_PATH and LD_PRELOAD if they are set; TensorFlow also needs a processor with AVX and a current libstdc++.',
  );
}
