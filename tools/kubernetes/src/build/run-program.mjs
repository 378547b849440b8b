import { spawn } from 'node:child_process';

/** The end of what a program says is what tells why it failed. */
const KEPT_CHARACTERS = 16 * 1024;

/**
 * Runs a program to its end, without a shell.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Promise<string>} what it printed
 * @throws Error with the last line of its complaint
 */
export function runProgram(program, args, { env, cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const output = [];
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text) => output.push(text));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text) => (complaint = (complaint + text).slice(-KEPT_CHARACTERS)));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output.join(''));
      else reject(new Error(complaint.trim().split('\n').at(-1) || `it ended with ${signal ?? code}`));
    });
  });
}
