import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'moda-registry.mjs');

/** Makes every attempt to load TensorFlow fail, as where it is not installed. */
const withoutTensorflow = `data:text/javascript,${encodeURIComponent(`
import { register } from 'node:module';
const hooks = "export async function resolve(name, context, next) { if (name.startsWith('@tensorflow')) throw new Error(name + ' is not installed'); return next(name, context); }";
register('data:text/javascript,' + encodeURIComponent(hooks));
`)}`;

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface RegistryProcess {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the program to its end. */
export function runRegistry(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  return endOf(launch(words, environment));
}

/** Starts the program on a free port and waits until it says that it is ready. */
export async function startRegistry(environment: NodeJS.ProcessEnv): Promise<RegistryProcess> {
  const child = launch(['--port', '0'], environment);
  const ended = endOf(child);
  const ready = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const url = /^registry ready at (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    ready,
    ended.then(({ standardError }) => {
      throw new Error(`The registry did not start: ${standardError}`);
    }),
  ]);
  return { url, pid: child.pid ?? 0, ended, kill: (signal) => child.kill(signal) };
}

function launch(words: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, ['--import', withoutTensorflow, launcher, ...words], {
    env: { PATH: process.env['PATH'], ...environment },
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
