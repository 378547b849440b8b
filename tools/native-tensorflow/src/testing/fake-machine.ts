import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InstallOptions, PinnedWheel, Pins } from '../index.mjs';
import { zipOf, type ZipFile } from './zip-writer.js';

const LIBRARY = 'tensorflow/libtensorflow_cc.so.2';

/** A folder that plays a machine: a package index with tiny wheels, pip, a compiler, an npm package. No network. */
export interface FakeMachine {
  readonly root: string;
  readonly packageDir: string;
  readonly cacheDir: string;
  readonly pins: Pins;
  readonly options: InstallOptions;
  /** One line per call of pip's download or of the compiler. */
  calls(program: 'pip' | 'compiler'): string[];
  /** Sets how a program behaves from now on; see the scripts below. */
  behave(program: 'pip' | 'compiler' | 'package', how: string): void;
  without(program: 'python3' | 'g++'): void;
  plugInGpu(): void;
  /** Names of unfinished things anywhere. */
  unfinished(): string[];
  remove(): void;
}

export function fakeMachine(): FakeMachine {
  const root = mkdtempSync(path.join(tmpdir(), 'moda-native-'));
  const at = (...names: string[]) => path.join(root, ...names);
  const put = (file: string, content: string | Uint8Array, mode = 0o644) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  };
  const packageDir = at('node_modules', '@tensorflow', 'tfjs-node-gpu');
  const wheel = (name: string, part: string, files: readonly ZipFile[], required: string): PinnedWheel => {
    const bytes = zipOf([...files, { name: 'METADATA', content: 'not wanted' }]);
    put(at('index', `${name}.whl`), bytes);
    return {
      name,
      version: '1.2.3',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      platform: 'manylinux_2_27_x86_64',
      sizeBytes: bytes.length,
      unpackedBytes: 1000,
      part,
      take: [`${part}/`],
      require: [required],
    };
  };
  const tensorflow = (name: string) =>
    wheel(
      name,
      'tensorflow',
      [
        { name: LIBRARY, content: `1.2.3 of ${name}` },
        { name: 'tensorflow/libtensorflow_framework.so.2', content: 'framework' },
        { name: 'tensorflow/include/tensorflow/c/c_api.h', content: '/* c */' },
      ],
      LIBRARY,
    );
  const cudart = { name: 'nvidia/cuda_runtime/lib/libcudart.so.12', content: 'cudart' };
  const pins: Pins = {
    x64: {
      cpu: { tensorflow: '1.2.3', wheels: [tensorflow('tensorflow-cpu')] },
      gpu: {
        tensorflow: '1.2.3',
        wheels: [
          tensorflow('tensorflow'),
          wheel('nvidia-cuda-runtime-cu12', 'nvidia/cuda_runtime', [cudart], cudart.name),
        ],
      },
    },
  };
  put(at('bin', 'python3'), FAKE_PYTHON(root), 0o755);
  put(at('bin', 'g++'), FAKE_COMPILER(root), 0o755);
  put(
    path.join(packageDir, 'package.json'),
    JSON.stringify({
      name: '@tensorflow/tfjs-node-gpu',
      version: '4.22.0',
      main: 'main.js',
      binary: { napi_versions: [3, 8] },
    }),
  );
  put(path.join(packageDir, 'binding', 'tfjs_binding.cc'), 'int main;');
  put(path.join(packageDir, 'main.js'), FAKE_PACKAGE(root));
  put(at('node_modules', 'node-api-headers', 'package.json'), JSON.stringify({ version: '1.0.0' }));
  put(at('node_modules', 'node-api-headers', 'include', 'node_api.h'), '');
  mkdirSync(at('system'));

  return {
    root,
    packageDir,
    cacheDir: at('cache'),
    pins,
    options: {
      packageDir,
      cacheDir: at('cache'),
      pins,
      platform: 'linux',
      arch: 'x64',
      glibc: '2.36',
      systemRoot: at('system'),
      env: { PATH: at('bin') },
    },
    calls: (program) =>
      existsSync(at(`${program}.calls`)) ? lines(readFileSync(at(`${program}.calls`), 'utf8')) : [],
    behave: (program, how) => put(at(`${program}.how`), how),
    without: (program) => rmSync(at('bin', program)),
    plugInGpu: () => put(at('system', 'proc/driver/nvidia/version'), GPU_VERSION),
    unfinished: () =>
      (readdirSync(root, { recursive: true }) as string[]).filter((name) =>
        /\.(partial|trash|staging|stale)|install\.lock|\.whl$/.test(name.replace(/^index\/.*/, '')),
      ),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const GPU_VERSION =
  'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n';

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

const FAKE_PYTHON = (root: string) => `#!/bin/sh
PATH=/usr/bin:/bin
how=$(cat '${root}/pip.how' 2>/dev/null)
if [ "$how" = no-pip ]; then echo "No module named pip" >&2; exit 1; fi
if [ "$3" = --version ]; then echo "pip 99"; exit 0; fi
echo "$*" >> '${root}/pip.calls'
while [ $# -gt 0 ]; do
  case "$1" in --dest) dest=$2;; --requirement) wanted=$2;; esac
  shift
done
name=$(sed 's/==.*//' "$wanted")
case "$how" in
  network) echo "WARNING: Retrying after connection broken by 'NewConnectionError'" >&2
    echo "ERROR: Could not find a version that satisfies the requirement $name" >&2; exit 1;;
  unavailable) echo "ERROR: No matching distribution found for $name" >&2; exit 1;;
  refuses) echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE." >&2; exit 1;;
  full) echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device" >&2; exit 1;;
  ancient) echo "no such option: --platform" >&2; exit 2;;
  slow) sleep 0.3;;
  endless) sleep 60;;
esac
cp "${root}/index/$name.whl" "$dest/$name-1.2.3.whl"
if [ "$how" = swapped ]; then echo more >> "$dest/$name-1.2.3.whl"; fi
exit 0
`;

const FAKE_COMPILER = (root: string) => `#!/bin/sh
PATH=/usr/bin:/bin
if [ "$1" = --version ]; then exit 0; fi
echo "$*" >> '${root}/compiler.calls'
if [ "$(cat '${root}/compiler.how' 2>/dev/null)" = broken ]; then
  echo "binding/tfjs_binding.cc:1:5: error: expected ;" >&2; exit 1
fi
while [ $# -gt 0 ]; do
  case "$1" in -o) target=$2;; esac
  shift
done
echo "addon $$" > "$target"
`;

/** Behaves as the package does: needs its addon and its libraries, and can be told to compute wrongly. */
const FAKE_PACKAGE = (root: string) => `
const fs = require('node:fs');
const path = require('node:path');
const how = fs.existsSync('${root}/package.how') ? fs.readFileSync('${root}/package.how', 'utf8') : '';
const addon = fs.readFileSync(path.join(__dirname, 'lib/napi-v8/tfjs_binding.node'), 'utf8');
if (how === 'dies') process.kill(process.pid, 'SIGILL');
if (how === 'refuses ' + addon) throw new Error('GLIBC_9.9 not found');
const library = fs.readFileSync(path.join(__dirname, 'deps/lib/libtensorflow_cc.so.2'), 'utf8');
exports.tensor2d = (rows) => rows;
exports.matMul = (a, b) => ({
  dataSync: () => (how === 'wrong' ? [0, 0, 0, 0] : a.flatMap((row) => [0, 1].map((j) => row[0] * b[0][j] + row[1] * b[1][j]))),
});
exports.getBackend = () => 'tensorflow';
exports.backend = () => ({ binding: { TF_Version: library.split(' ')[0] }, isUsingGpuDevice: how === 'gpu' });
`;
