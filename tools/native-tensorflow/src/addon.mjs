import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { discard, owned, syncFolder } from './durable-files.mjs';
import { NativeFailure } from './native-failure.mjs';
import { runProgram } from './run-program.mjs';

const ADDON = 'tfjs_binding.node';
const MANIFEST = 'addon.json';

// The package's own binding.gyp asks for the same; C++17 is what TensorFlow's headers want.
const FLAGS = [
  '-shared',
  '-fPIC',
  '-O2',
  '-std=c++17',
  '-w',
  '-DNODE_GYP_MODULE_NAME=tfjs_binding',
  '-DBUILDING_NODE_EXTENSION',
];
// From lib/napi-v8 in the package's folder, where the addon lies, to deps/lib, where the libraries are linked.
const RUN_PATH = '-Wl,--enable-new-dtags,-rpath,$ORIGIN/../../deps/lib';

/**
 * What is compiled. The addon uses nothing but Node-API, whose binary interface is stable: one build serves every Node.
 * @param {string} packageFolder
 * @param {string} librariesKey
 * @param {number} recipe
 */
export function describeAddon(packageFolder, librariesKey, recipe) {
  const binding = path.join(packageFolder, 'binding');
  const names = readdirSync(binding)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort();
  const hash = createHash('sha256').update(JSON.stringify([recipe, FLAGS, RUN_PATH, librariesKey]));
  for (const name of names) hash.update(name).update(readFileSync(path.join(binding, name)));
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  /** @type {number[]} */
  const napiVersions = manifest.binary?.napi_versions ?? [8];
  // The loader takes the highest version that both the package and the running Node know; from Node 20 on that is this one.
  const napiVersion = Math.max(...napiVersions);
  return {
    key: hash.update(String(napiVersion)).digest('hex').slice(0, 16),
    napiVersion,
    sources: names.filter((name) => name.endsWith('.cc')).map((name) => path.join(binding, name)),
    /** Where the package looks for it. */
    place: path.join(packageFolder, 'lib', `napi-v${napiVersion}`, ADDON),
  };
}

/**
 * The first C++ compiler that runs, with the arguments that `CXX` may carry.
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} [signal]
 * @returns {Promise<string[]>}
 * @throws {NativeFailure} NATIVE_COMPILER_MISSING
 */
export async function findCompiler(env, signal) {
  const own = (env['CXX'] ?? '').trim();
  for (const command of [...(own === '' ? [] : [own.split(/\s+/)]), ['g++'], ['c++'], ['clang++']]) {
    const [program = '', ...args] = command;
    if ((await runProgram(program, [...args, '--version'], { env, signal }))?.ok) return command;
  }
  throw new NativeFailure(
    'NATIVE_COMPILER_MISSING',
    'No C++ compiler was found, and the addon between Node and TensorFlow has to be compiled.',
    'Install one (Debian and Ubuntu: `apt-get install g++`), or name it in CXX.',
  );
}

/**
 * @param {{ folder: string, sources: readonly string[], napiVersion: number, headers: string, libraries: string,
 *   compiler: readonly string[], env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 *   `folder` is where the result comes to be, `libraries` the layout that it is linked against
 * @throws {NativeFailure} NATIVE_COMPILE_FAILED
 */
export async function compileAddon({
  folder,
  sources,
  napiVersion,
  headers,
  libraries,
  compiler,
  env,
  signal,
}) {
  const [program = '', ...ownArgs] = compiler;
  const work = owned(folder, 'partial');
  await mkdir(work, { recursive: true });
  try {
    const tensorflow = path.join(libraries, 'tensorflow');
    const args = [
      ...ownArgs,
      ...FLAGS,
      `-DNAPI_VERSION=${napiVersion}`,
      `-I${headers}`,
      `-I${path.join(tensorflow, 'include')}`,
      ...sources,
      path.join(tensorflow, 'libtensorflow_cc.so.2'),
      path.join(tensorflow, 'libtensorflow_framework.so.2'),
      RUN_PATH,
      '-o',
      path.join(work, ADDON),
    ];
    // The compiler's own temporary files go with the folder if it is killed.
    const result = await runProgram(program, args, { env: { ...env, TMPDIR: work }, cwd: work, signal });
    if (!result?.ok)
      throw compileFailure(program, result ? result.stderr + result.stdout : 'it cannot be run');
    const bytes = await readFile(path.join(work, ADDON)).catch(() => {
      throw compileFailure(program, 'it ended well without having written the addon');
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFile(path.join(work, ADDON), bytes, { flush: true });
    await writeFile(path.join(work, MANIFEST), `${JSON.stringify({ sha256, compiler })}\n`, { flush: true });
    await syncFolder(work);
    await discard(folder);
    await rename(work, folder);
    await syncFolder(path.dirname(folder));
  } catch (error) {
    await discard(work);
    throw error;
  }
}

/**
 * A compiled addon from the cache, `null` where it is missing or damaged.
 * @param {string} folder
 */
export async function readAddon(folder) {
  try {
    const { sha256 } = /** @type {{ sha256: string }} */ (
      JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8'))
    );
    const bytes = await readFile(path.join(folder, ADDON));
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? { bytes, sha256 } : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} program
 * @param {string} said
 */
function compileFailure(program, said) {
  const lines = said.trim().split('\n');
  const line = lines.find((each) => /error[: ]/i.test(each)) ?? lines.at(-1) ?? '';
  return new NativeFailure(
    'NATIVE_COMPILE_FAILED',
    `The compiler ${program} could not build the addon: ${line.trim().replace(/\.$/, '') || 'it said nothing'}.`,
    'Use a compiler with C++17 and its standard library (g++ 8 or newer), or name one in CXX, and run the installation again.',
  );
}
