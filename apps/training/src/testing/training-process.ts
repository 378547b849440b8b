import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFakeWorker } from '../conductor/testing/fake-worker.js';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'moda-training.mjs');

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface TrainingProcess {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the program to its end. */
export function runTraining(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  return endOf(launch(words, environment));
}

/** Starts the program on a free port and waits until it says that it is ready. */
export async function startTraining(environment: NodeJS.ProcessEnv): Promise<TrainingProcess> {
  const child = launch(['--port', '0'], environment);
  const ended = endOf(child);
  const ready = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const url = /^training ready at (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    ready,
    ended.then(({ standardError }) => {
      throw new Error(`The training service did not start: ${standardError}`);
    }),
  ]);
  return { url, pid: child.pid ?? 0, ended, kill: (signal) => child.kill(signal) };
}

/** The program of a worker that needs no TensorFlow: 20 steps of so many milliseconds each. */
export async function writeSlowWorker(folder: string, stepMs: number): Promise<string> {
  const worker = await writeFakeWorker(folder);
  const path = join(folder, 'slow-worker.mjs');
  const program = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
writeFileSync(join(process.argv[2], 'tricks.json'), JSON.stringify({ stepMs: ${stepMs} }));
await import(${JSON.stringify(worker)});
`;
  await writeFile(path, program);
  return path;
}

function launch(words: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [launcher, ...words], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  return child;
}

function endOf(child: ChildProcess): Promise<Ended> {
  let standardOutput = '';
  let standardError = '';
  child.stdout?.on('data', (chunk: string) => (standardOutput += chunk));
  child.stderr?.on('data', (chunk: string) => (standardError += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, standardOutput, standardError }));
  });
}
