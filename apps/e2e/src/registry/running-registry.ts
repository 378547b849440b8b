import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', '..', 'registry', 'bin', 'moda-registry.mjs');

export interface RunningRegistry {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  /** Kill -9, and the wait until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

const startTimeoutMs = 60_000;

/** Starts the built registry on a free port with everything below `home` and waits until it says that it is ready. */
export async function startRegistry(
  home: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningRegistry> {
  const child = spawnRegistry(home, ['--port', '0'], environment);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await readyAddress(child);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  void ended.then(() => process.off('exit', kill));
  return {
    url,
    pid: child.pid!,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** Runs one of the registry's other commands to its end. */
export async function runRegistry(
  home: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number | null; standardOutput: string; standardError: string }> {
  const child = spawnRegistry(home, args, environment);
  let standardOutput = '';
  let standardError = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (standardOutput += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (standardError += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, standardOutput, standardError };
}

function spawnRegistry(
  home: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, MODA_HOME: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (fact: string) =>
      reject(new Error(`The registry did not get ready: ${fact}\n${output.slice(-4000)}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`nothing for ${startTimeoutMs} ms`);
    }, startTimeoutMs);
    const read = (text: string) => {
      output += text;
      const address = /registry ready at (\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${signal ?? code}`);
    });
  });
}
