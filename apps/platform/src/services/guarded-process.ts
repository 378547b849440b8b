import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { descendantsOf } from './descendants.js';

const guard = join(import.meta.dirname, '..', '..', 'bin', 'guarded-program.mjs');

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that was started here and does not outlive this one for long. */
export interface GuardedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  isGone(): boolean;
  /** An orderly end; after `graceMs` a forced one. */
  stop(): Promise<Exit>;
  /** At once, with all that it started in turn. */
  kill(): void;
}

export interface GuardedProgram {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** What an orderly end may take (ms). */
  readonly graceMs: number;
  /** Standard input, output and error. */
  readonly stdio: readonly ['ignore' | 'inherit', 'pipe' | 'inherit', number | 'inherit'];
}

/** @throws where the system starts no process */
export async function startGuarded(options: GuardedProgram): Promise<GuardedProcess> {
  const { program, words, environment, graceMs, stdio } = options;
  const child = spawn(process.execPath, [guard, String(graceMs), program, ...words], {
    env: environment,
    stdio: [...stdio, 'ipc'] as StdioOptions,
    // A group of its own: Ctrl-C in the terminal is for this process, which then stops the others in order.
    detached: true,
  });
  let isGone = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      isGone = true;
      resolve({ code, signal });
    });
  });
  await once(child, 'spawn');
  child.on('error', () => {
    // Of a signal to a process that is gone already: its end is told by `exited`.
  });
  const kill = (): void => {
    if (isGone || child.pid === undefined) return;
    const others = descendantsOf(child.pid);
    child.kill('SIGKILL');
    for (const pid of others) killIfThere(pid);
  };
  return {
    child,
    pid: child.pid ?? 0,
    exited,
    isGone: () => isGone,
    kill,
    async stop() {
      if (!isGone) child.kill('SIGTERM');
      const patience = setTimeout(kill, graceMs);
      const exit = await exited;
      clearTimeout(patience);
      return exit;
    },
  };
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone with its parent.
  }
}
