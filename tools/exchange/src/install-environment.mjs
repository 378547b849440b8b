import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { environmentFolder, findReaders, pythonIn, requirementsFile, stampIn } from './environment.mjs';
import { runProgram } from './run-program.mjs';

/**
 * Makes the Python environment with the reference readers, where there is none of the versions required. It is made aside and put in
 * place by a rename: whoever is interrupted leaves nothing that looks whole, and of two at once the second finds the work done.
 * @param {{ env?: NodeJS.ProcessEnv, say?: (line: string) => void }} [options]
 * @returns {Promise<string | undefined>} what is wrong and what to do about it; undefined where all is in place
 */
export async function installEnvironment({ env = process.env, say = () => undefined } = {}) {
  if (findReaders(env)) return undefined;
  const folder = environmentFolder(env);
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  try {
    say('Fetching the reference readers of ONNX and safetensors with pip, once for all clones.');
    const problem = await makeEnvironment(staging, env);
    if (problem !== undefined) {
      return `The reference readers could not be installed: ${problem}. Give a Python of 3.11 or newer with pip and venv, by MODA_PYTHON if it is not python3.`;
    }
    await copyFile(requirementsFile, stampIn(staging));
    await putInPlace(staging, folder, env);
    return undefined;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} what went wrong
 */
async function makeEnvironment(folder, env) {
  const python = env['MODA_PYTHON'] || 'python3';
  const own = await runProgram(python, ['-m', 'venv', folder], env);
  if (own.exitCode === 0) return install(pythonIn(folder), ['-m', 'pip'], env);
  // Some systems give a Python its pip and leave out what would put one into a new environment.
  await rm(folder, { recursive: true, force: true });
  const bare = await runProgram(python, ['-m', 'venv', '--without-pip', folder], env);
  if (bare.exitCode !== 0) return lastLine(bare.complaint);
  return install(python, ['-m', 'pip', '--python', pythonIn(folder)], env);
}

/**
 * @param {string} python
 * @param {readonly string[]} pip
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
async function install(python, pip, env) {
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary=:all:'];
  const { exitCode, complaint } = await runProgram(
    python,
    [...pip, 'install', ...quietly, '--requirement', requirementsFile],
    env,
  );
  return exitCode === 0 ? undefined : lastLine(complaint);
}

/**
 * @param {string} staging
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function putInPlace(staging, folder, env) {
  if (findReaders(env)) return;
  const old = `${staging}.old`;
  // Of other versions, or broken; a process that reads from it keeps what it has open.
  await rename(folder, old).catch(() => undefined);
  try {
    await rename(staging, folder);
  } catch (error) {
    if (!findReaders(env)) throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1)?.replace(/\.$/, '') || 'Python said nothing';
}
