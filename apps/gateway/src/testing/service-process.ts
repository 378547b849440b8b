import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(import.meta.dirname, '..', '..', '..');

export interface Ended {
  readonly exitCode: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface ServiceProcess {
  readonly url: string;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Memory that it holds (MiB). */
  memory(): number;
}

/** Runs the program of a service to its end. */
export function runProgram(
  name: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return endOf(launch(name, words, environment));
}

/** Starts the program of a service and waits until it says that it is ready. */
export async function startProgram(
  name: string,
  environment: NodeJS.ProcessEnv,
  words: readonly string[] = ['--port', '0'],
): Promise<ServiceProcess> {
  const child = launch(name, words, environment);
  const ended = endOf(child);
  const ready = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const url = /^\S+ ready at (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    ready,
    ended.then(({ standardError }) => {
      throw new Error(`${name} did not start: ${standardError}`);
    }),
  ]);
  return {
    url,
    ended,
    kill: (signal) => child.kill(signal),
    memory: () => {
      const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kibibytes) / 1024;
    },
  };
}

function launch(name: string, words: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [join(apps, name, 'bin', `moda-${name}.mjs`), ...words], {
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
    child.once('close', (exitCode) => resolve({ exitCode, standardOutput, standardError }));
  });
}
