import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const launcher = join(import.meta.dirname, '..', '..', 'cli', 'bin', 'moda.mjs');

/** What a finished process left behind. */
export interface ProcessResult {
  readonly exitCode: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

/** Runs the built `moda` as a user would, without a terminal, and waits for its end. */
export function runModa(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  node = process.execPath,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [launcher, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let standardOutput = '';
    let standardError = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (standardOutput += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (standardError += chunk));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, standardOutput, standardError }));
  });
}
