import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { KeeperNews, KeeperOrder, KeptProgram } from './keeper-messages.js';

export interface KeptProcess {
  readonly pid: number;
  /** To the process; SIGKILL to whatever it started, too. Nothing where it has ended. */
  signal(name: NodeJS.Signals): void;
  /** Once it has ended, and all that it started with it. */
  readonly ended: Promise<ProcessEnd>;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process beside this one which starts programs and lets none of them outlive this process, however it ends. */
export interface Keeper {
  /** @throws Error where the program cannot be started */
  start(program: KeptProgram): Promise<KeptProcess>;
  /** Kills all that it started and removes its folder. */
  close(): Promise<void>;
}

interface Waiting {
  readonly started: (process: KeptProcess) => void;
  readonly refused: (error: Error) => void;
  readonly ended: (end: ProcessEnd) => void;
  readonly end: Promise<ProcessEnd>;
}

/** @param folder Removed when the keeper ends. */
export function openKeeper(folder: string): Keeper {
  const keeper = fork(join(import.meta.dirname, 'keeper.mjs'), [folder], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<string, Waiting>();
  keeper.on('message', (message) => hear(message as KeeperNews));
  keeper.once('exit', () => {
    for (const { refused, ended } of waiting.values()) {
      refused(new Error('The keeper of the processes has ended.'));
      ended({ code: null, signal: 'SIGKILL' });
    }
    waiting.clear();
  });
  // Waiting for it must not keep this process alive.
  keeper.unref();
  keeper.channel?.unref();

  function hear(news: KeeperNews): void {
    const entry = waiting.get(news.id);
    if (entry === undefined) return;
    const { id } = news;
    if (news.kind !== 'ended') keeper.channel?.unref();
    if (news.kind === 'started')
      entry.started({
        pid: news.pid,
        ended: entry.end,
        signal: (signal) => tell(keeper, { kind: 'signal', id, signal }),
      });
    else waiting.delete(id);
    if (news.kind === 'refused') entry.refused(new Error(`A program could not be started: ${news.reason}`));
    if (news.kind === 'ended') entry.ended({ code: news.code, signal: news.signal });
  }

  return {
    start: (program) =>
      new Promise((started, refused) => {
        if (!keeper.connected) return refused(new Error('The keeper of the processes has ended.'));
        const id = randomUUID();
        const { promise: end, resolve: ended } = withResolvers<ProcessEnd>();
        // Whoever only waits for this answer must not end for want of something to do.
        keeper.channel?.ref();
        waiting.set(id, { started, refused, ended, end });
        tell(keeper, { kind: 'start', id, ...program });
      }),
    async close() {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      keeper.ref();
      const gone = once(keeper, 'exit');
      tell(keeper, { kind: 'close' });
      await gone;
    },
  };
}

function tell(keeper: ChildProcess, order: KeeperOrder): void {
  if (keeper.connected) keeper.send(order, () => undefined);
}

/** Promise.withResolvers, which the oldest Node does not have. */
function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, resolve: settle };
}
