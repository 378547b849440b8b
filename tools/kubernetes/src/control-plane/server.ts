import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper, KeptProcess } from './keeper-client.js';
import type { ServerProgram } from './server-programs.js';

/** A minute on a busy machine is nothing unusual. */
const startTimeoutMs = 180_000;
const pollMs = 100;
const shownLines = 8;

export interface Server {
  /** Ends the process at once, as a loss of power would. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts a program of the control plane and waits until it is ready; later it can be killed and started again.
 * @param isReady Asked again and again.
 * @throws Error with the end of its log where it ends or does not become ready
 */
export async function startServer(
  { name, args }: ServerProgram,
  parts: { readonly keeper: Keeper; readonly programs: string; readonly folder: string },
  isReady: () => Promise<boolean>,
): Promise<Server> {
  const log = join(parts.folder, 'logs', `${name}.log`);
  let process: KeptProcess | undefined;
  const server: Server = {
    async kill() {
      process?.signal('SIGKILL');
      await process?.ended;
      process = undefined;
    },
    async start() {
      if (process !== undefined) return;
      const program = join(parts.programs, name);
      process = await parts.keeper.start({
        program,
        args,
        env: { HOME: parts.folder },
        cwd: parts.folder,
        log,
      });
      await untilReady(process, isReady, async () => `${name} did not become ready:\n${await endOf(log)}`);
    },
  };
  await server.start();
  return server;
}

async function untilReady(
  process: KeptProcess,
  isReady: () => Promise<boolean>,
  complaint: () => Promise<string>,
): Promise<void> {
  let ended = false;
  void process.ended.then(() => (ended = true));
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isReady())) {
    if (hasEnded() || Date.now() > deadline) throw new Error(await complaint());
    await sleep(pollMs);
  }
  function hasEnded(): boolean {
    return ended;
  }
}

async function endOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-shownLines).join('\n');
}
