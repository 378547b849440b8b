import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = join(import.meta.dirname, '..', '..', '..', 'platform', 'bin', 'moda-platform.mjs');
const patienceMs = 180_000;
const lookEveryMs = 100;

export interface EndedPlatform {
  readonly exitCode: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface RunningPlatform {
  readonly child: ChildProcess;
  readonly ended: Promise<EndedPlatform>;
  /** Everything on both streams so far. */
  text(): string;
  /** Waits until a text stands there. */
  says(text: string | RegExp): Promise<void>;
}

/** Starts the built platform as `npm start` does, on free ports. */
export function startPlatform(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningPlatform {
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TF_CPP_MIN_LOG_LEVEL: '2',
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MODA_'))),
      GATEWAY_PORT: '0',
      TRAINING_PORT: '0',
      REGISTRY_PORT: '0',
      EXPERIMENTS_WEB_PORT: '0',
      MARKETPLACE_WEB_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let standardOutput = '';
  let standardError = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (standardOutput += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (standardError += chunk));
  const ended = new Promise<EndedPlatform>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => resolve({ exitCode, standardOutput, standardError }));
  });
  const text = (): string => standardOutput + standardError;
  return {
    child,
    ended,
    text,
    async says(wanted) {
      await until(() => {
        if (child.exitCode !== null) throw new Error(`The platform ended too soon:\n${text()}`);
        return typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text());
      }, text);
    },
  };
}

/** Every process whose environment names this folder of data, and how it was started. */
export function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
        return environment.includes(`MODA_HOME=${home}`) && command !== '' ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}

/** The processes that the platform says it has started. */
export async function recordedProcesses(home: string): Promise<number[]> {
  const text = await readFile(join(home, 'platform', 'processes.json'), 'utf8');
  return (JSON.parse(text) as { readonly pid: number }[]).map(({ pid }) => pid);
}

/** Waits until something holds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  state: () => string,
  withinMs = patienceMs,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come to that:\n${state()}`);
    await sleep(lookEveryMs);
  }
}
