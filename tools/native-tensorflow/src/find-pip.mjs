import { NativeFailure } from './native-failure.mjs';
import { runProgram } from './run-program.mjs';

/**
 * The first Python that has pip: `MODA_PYTHON`, else python3, else python.
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} the program
 * @throws {NativeFailure} NATIVE_PIP_MISSING
 */
export async function findPip(env, signal) {
  const named = env['MODA_PYTHON'];
  /** @type {string[]} */
  const withoutPip = [];
  for (const program of named ? [named] : ['python3', 'python']) {
    const result = await runProgram(program, ['-m', 'pip', '--version'], { env, signal });
    if (result?.ok) return program;
    if (result) withoutPip.push(program);
  }
  const remedy =
    'Install it (Debian and Ubuntu: `apt-get install python3-pip`), or name a Python that has pip in MODA_PYTHON.';
  if (withoutPip.length > 0) {
    throw new NativeFailure(
      'NATIVE_PIP_MISSING',
      `The Python "${withoutPip[0]}" has no working pip.`,
      remedy,
    );
  }
  throw new NativeFailure(
    'NATIVE_PIP_MISSING',
    named
      ? `MODA_PYTHON names "${named}", which cannot be run.`
      : 'No Python was found, and its pip fetches TensorFlow.',
    remedy,
  );
}
