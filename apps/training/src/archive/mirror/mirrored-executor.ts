import type { Executor, NewsListener } from '../../execution/executor.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { Mirror } from './mirror.js';

export interface MirroredExecutorParts {
  readonly mirror: Mirror;
  /** Before a worker starts: brings back what its folder has lost. @throws where it cannot be had now */
  readonly restore: (run: RunRecord) => Promise<void>;
}

/** An executor on this machine, with what its workers write copied while they do. */
export function mirrored(executor: Executor, { mirror, restore }: MirroredExecutorParts): Executor {
  /** All news in order; the last one waits for the last copies. */
  const after =
    (id: string, listener: NewsListener): NewsListener =>
    (news) => {
      if (news.kind === 'gone') void mirror.end(id).then(() => listener(news));
      else listener(news);
    };

  return {
    place: executor.place,
    host: executor.host,
    async open() {
      await executor.open();
      mirror.catchUp();
    },
    async close() {
      await mirror.close();
      await executor.close();
    },
    async start(run, listener) {
      await restore(run);
      mirror.begin(run.id);
      try {
        await executor.start(run, after(run.id, listener));
      } catch (error) {
        await mirror.end(run.id);
        throw error;
      }
    },
    stop: (run, graceMs) => executor.stop(run, graceMs),
    async isAlive(run) {
      const isAlive = await executor.isAlive(run);
      // Asked of what an earlier service has left: nobody will tell that its worker is gone.
      if (!isAlive) void mirror.end(run.id);
      return isAlive;
    },
    async adopt(run, graceMs) {
      await executor.adopt(run, graceMs);
      void mirror.end(run.id);
    },
    folderOf: (run) => executor.folderOf(run),
  };
}
