import { spawn } from 'node:child_process';

/** The end of what a program says is what tells why it failed. */
const KEPT_CHARACTERS = 64 * 1024;

/**
 * Runs a program to its end, without a shell.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ exitCode: number | null, output: string, complaint: string }>} `complaint` is the end of its standard error,
 *   or why there is none: the program cannot be run
 */
export function runProgram(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-KEPT_CHARACTERS)));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text) => (complaint = (complaint + text).slice(-KEPT_CHARACTERS)));
    child.once('error', (error) => resolve({ exitCode: null, output, complaint: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode, output, complaint: complaint.trim() }));
  });
}
