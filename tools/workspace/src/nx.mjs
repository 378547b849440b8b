import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/**
 * Runs Nx on the targets of all projects. Its cache is on, also in CI; its background process, its full-screen view and its
 * cloud are off: nothing stays behind when the command ends.
 * @param {string} root Absolute path of the repository.
 * @param {readonly string[]} args After `nx`.
 */
export function runNx(root, args) {
  return runCommand(process.execPath, [join(root, 'node_modules', '.bin', 'nx'), ...args], {
    cwd: root,
    env: {
      ...process.env,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      // TensorFlow's start-up banner would drown what the tests say.
      TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
    },
  });
}
