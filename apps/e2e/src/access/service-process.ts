import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..', '..');

export interface Ended {
  readonly exitCode: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface ServiceProcess {
  readonly url: string;
  stop(): Promise<Ended>;
}

type Name = 'training' | 'registry';

/** Runs the program of a service to its end. */
export function runService(
  name: Name,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  return endOf(launch(name, words, environment));
}

/** Starts a service and waits until it says that it is ready. */
export async function startService(
  name: Name,
  environment: NodeJS.ProcessEnv,
  port = 0,
): Promise<ServiceProcess> {
  const child = launch(name, ['--port', String(port)], environment);
  const ended = endOf(child);
  const ready = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const url = / ready at (\S+)\n/.exec(text)?.[1];
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
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function launch(name: Name, words: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const program = join(root, 'apps', name, 'bin', `moda-${name}.mjs`);
  const child = spawn(process.execPath, [program, ...words], {
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
