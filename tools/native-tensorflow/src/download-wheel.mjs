import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NativeFailure } from './native-failure.mjs';
import { runProgram } from './run-program.mjs';

/** @typedef {import('./index.d.mts').PinnedWheel} PinnedWheel */
/** @typedef {import('./index.d.mts').Progress} Progress */

const POLL_MS = 150;

/**
 * Fetches one pinned wheel with pip, so that the user's index, proxy and certificates are those that count.
 * @param {PinnedWheel} wheel
 * @param {{ python: string, folder: string, env: NodeJS.ProcessEnv, progress: Progress, signal?: AbortSignal }} options
 *   `folder` must be empty and belongs to this download
 * @returns {Promise<string>} path of the wheel, whose checksum has been checked
 * @throws {NativeFailure} NATIVE_NETWORK, NATIVE_CHECKSUM, NATIVE_WHEEL_UNAVAILABLE, NATIVE_DISK_FULL, NATIVE_DOWNLOAD_FAILED
 */
export async function downloadWheel(wheel, { python, folder, env, progress, signal }) {
  const target = path.join(folder, 'wheel');
  const temporary = path.join(folder, 'pip');
  const requirements = path.join(folder, 'requirements.txt');
  await mkdir(target, { recursive: true });
  await mkdir(temporary, { recursive: true });
  await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const step = progress.step(`Downloading ${wheel.name} ${wheel.version}`, wheel.sizeBytes);
  const poll = setInterval(() => void largestFile(folder).then((bytes) => step.set(bytes)), POLL_MS);
  try {
    // prettier-ignore
    const result = await runProgram(
      python,
      [
        '-m', 'pip', 'download',
        '--no-deps', '--only-binary=:all:', '--require-hashes', '--no-cache-dir', '--progress-bar', 'off',
        // One fixed wheel, whatever Python pip belongs to.
        '--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312', '--platform', wheel.platform,
        '--dest', target, '--requirement', requirements,
      ],
      {
        // pip first writes to its temporary folder: it must be on the disk whose space was checked, and be swept with it.
        env: { ...env, TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
        signal,
      },
    );
    if (result === null || !result.ok)
      throw explain(wheel, result ? result.stderr + result.stdout : 'it cannot be run');
  } finally {
    clearInterval(poll);
  }
  const name = (await readdir(target)).find((file) => file.endsWith('.whl'));
  if (name === undefined) throw explain(wheel, 'ERROR: pip ended well without having written the wheel');
  const file = path.join(target, name);
  const actual = await sha256OfFile(file, signal);
  if (actual !== wheel.sha256) throw checksum(wheel);
  step.end('checksum is right');
  return file;
}

/**
 * @param {string} file
 * @param {AbortSignal} [signal]
 */
export async function sha256OfFile(file, signal) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {});
  return /** @type {string} */ (hash.digest('hex'));
}

/**
 * What pip says, as one sentence and a remedy.
 * @param {PinnedWheel} wheel
 * @param {string} said
 */
function explain(wheel, said) {
  const what = `${wheel.name} ${wheel.version}`;
  if (/DO NOT MATCH THE HASHES/i.test(said)) return checksum(wheel);
  if (/No space left on device|Disk quota exceeded/i.test(said)) {
    return new NativeFailure(
      'NATIVE_DISK_FULL',
      `The disk became full while ${what} was downloaded.`,
      'Free some space, or name another folder in MODA_CACHE, and run the installation again.',
    );
  }
  if (
    /NewConnectionError|NameResolution|name resolution|ConnectTimeout|ReadTimeout|Connection (?:refused|broken|aborted|reset|to \S+ timed out)|ProxyError|Cannot connect to proxy|SSLError|CERTIFICATE_VERIFY_FAILED|Network is unreachable|IncompleteRead|Max retries exceeded|Read timed out/i.test(
      said,
    )
  ) {
    return new NativeFailure(
      'NATIVE_NETWORK',
      `The package index could not be reached to download ${what}.`,
      'Check the network and the proxy, or name a mirror for pip in PIP_INDEX_URL, and run the installation again.',
    );
  }
  if (/No matching distribution found|Could not find a version/i.test(said)) {
    return new NativeFailure(
      'NATIVE_WHEEL_UNAVAILABLE',
      `The package index that pip uses does not offer ${what} for ${wheel.platform}, or could not be reached.`,
      'Check the network and the proxy, or name an index or mirror that has it in PIP_INDEX_URL, and run the installation again.',
    );
  }
  const line = said.match(/^ERROR: .*$/m)?.[0].slice(7) ?? said.trim().split('\n').at(-1) ?? '';
  return new NativeFailure(
    'NATIVE_DOWNLOAD_FAILED',
    `pip could not download ${what}: ${line.replace(/\.$/, '') || 'it said nothing'}.`,
    'Mend what pip names (a newer pip often helps: `python3 -m pip install --upgrade pip`), and run the installation again.',
  );
}

/** @param {PinnedWheel} wheel */
function checksum(wheel) {
  return new NativeFailure(
    'NATIVE_CHECKSUM',
    `The downloaded ${wheel.name} ${wheel.version} is not the pinned file: its checksum differs, and it was not used.`,
    'Run the installation again; if it comes back, ask who runs your package index or proxy.',
  );
}

/**
 * Size of the largest file below a folder: the wheel as far as it has come. pip may hold two copies of it for a moment.
 * @param {string} folder
 * @returns {Promise<number>} bytes
 */
async function largestFile(folder) {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    const size = entry.isDirectory()
      ? await largestFile(at)
      : await stat(at).then(
          (s) => s.size,
          () => 0,
        );
    bytes = Math.max(bytes, size);
  }
  return bytes;
}
