import { join } from 'node:path';
import { findReaders } from './environment.mjs';
import { runProgram } from './run-program.mjs';

/** Runs one of the Python programs in `reference/` with the reference readers, and fails unless it ends well. Gives what it prints. */
export async function runReader(script: string, args: readonly string[]): Promise<string> {
  const python = findReaders();
  if (python === undefined) {
    throw new Error('The reference readers are not there; run `node tools/exchange/install.mjs`.');
  }
  const path = join(import.meta.dirname, '..', 'reference', script);
  const { exitCode, output, complaint } = await runProgram(python, [path, ...args]);
  if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}: ${complaint}`);
  return output;
}
