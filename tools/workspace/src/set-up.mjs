import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIsCurrent, recordBuild } from './build-record.mjs';
import { packagesAreInstalled } from './installed-packages.mjs';
import { runNx } from './nx.mjs';
import { requiredParts } from './required-parts.mjs';
import { runCommand } from './run-command.mjs';

/** What the installer of native TensorFlow answers when it cannot, and TensorFlow.js has to compute without it. */
const fallbackCode = 3;

/**
 * Brings a clone into a state in which everything runs: packages, native TensorFlow, builds. Steps whose result is there are
 * skipped. Ends the process with one sentence when a step fails. Progress goes to standard error.
 * @param {string} root Absolute path of the repository.
 * @param {{ build: boolean }} options `build: false` leaves the builds to the caller.
 */
export async function setUp(root, { build }) {
  if (!packagesAreInstalled(root)) {
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
    await step('Installing packages (npm ci)', () =>
      runCommand(npm[0], [...npm.slice(1), 'ci'], { cwd: root }),
    );
  }
  await installNativeTensorFlow(root);
  if (build && !buildIsCurrent(root)) {
    await step('Building', () =>
      runNx(root, ['run-many', '-t', 'build', '--outputStyle=static-failures-only']),
    );
    recordBuild(root);
  }
}

async function installNativeTensorFlow(root) {
  const installer = join(root, 'tools', 'native-tensorflow', 'install.mjs');
  if (!existsSync(installer)) stop(`${installer} is missing; restore it with git and start again.`, 1);
  // It says itself what it does and how far it is.
  const { code, interrupted } = await runCommand(process.execPath, [installer], { cwd: root });
  if (code === 0) return;
  if (code !== fallbackCode || interrupted)
    stop('Native TensorFlow could not be installed; see above.', code);
  if (requiredParts().has('native'))
    stop('MODA_REQUIRE asks for native TensorFlow, which is not available.', 1);
  console.error('Going on without native TensorFlow; `npx moda doctor` explains.');
}

async function step(title, run) {
  const start = performance.now();
  console.error(`${title} …`);
  const { code, interrupted } = await run();
  if (interrupted) stop(`${title}: interrupted; start again to go on.`, code);
  if (code !== 0) stop(`${title} failed with exit code ${code}; see above.`, code);
  console.error(`${title}: done in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}

function stop(sentence, code) {
  console.error(sentence);
  process.exit(code);
}
