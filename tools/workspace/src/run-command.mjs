import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program to its end with this process's terminal. While it runs, an interruption is its business: it is passed on, and
 * this process ends with it and not before it, so that nothing is left running or half-written.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, interrupted: boolean }>} The exit code, 128 + signal number when a signal ended it.
 */
export async function runCommand(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  let received;
  const forward = (signal) => {
    received = signal;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  try {
    const { code, signal } = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }));
    });
    if (received !== undefined) return { code: 128 + constants.signals[received], interrupted: true };
    return {
      code: code ?? 128 + constants.signals[signal],
      interrupted: signal === 'SIGINT' || code === 130,
    };
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
