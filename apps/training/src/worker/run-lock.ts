import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { processStart } from './process-start.js';

/** A living worker in the folder of a run. */
export interface LockHolder {
  readonly pid: number;
  /** False where it can be judged by the age of its file only. */
  readonly onThisHost: boolean;
}

export interface RunLock {
  release(): Promise<void>;
}

/** The holder renews its file, for those who cannot look at its process. */
const renewEveryMs = 5000;
const stillAliveMs = 20_000;

/** Two who come at the same moment both step back, and one of them comes again first. */
const attempts = 8;
const maxDelayMs = 80;

const thisHost = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);

/**
 * Makes the folder of a run this worker's own, by a file that names process and start (`worker-<host>-<process>-<start>-<random>`): what a
 * killed worker left is nobody's, even where its number was given again.
 *
 * @param sentence about the process that has it
 * @throws ModaError RUN_LOCKED naming the worker that has it
 */
export async function lockRun(folder: string, sentence = lockedRun(folder)): Promise<RunLock> {
  const start = (await processStart(process.pid)) ?? 'unknown';
  const name = `worker-${thisHost}-${process.pid}-${start}-${randomUUID().slice(0, 8)}`;
  const path = join(folder, name);
  for (let attempt = 1; ; attempt += 1) {
    await writeFile(path, '', { flag: 'wx' });
    const [other] = await holdersOf(folder, name);
    if (other === undefined) break;
    await rm(path, { force: true });
    if (attempt === attempts) {
      throw new ModaError('RUN_LOCKED', sentence(other.pid), { folder, pid: other.pid });
    }
    await sleep(Math.random() * maxDelayMs);
  }
  const renewal = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, renewEveryMs).unref();
  return {
    async release() {
      clearInterval(renewal);
      await rm(path, { force: true });
    },
  };
}

const lockedRun =
  (folder: string) =>
  (pid: number): string =>
    `The run in ${folder} is worked on by process ${pid}; wait until that one has ended.`;

/** The living workers in a folder: one at most, but for the moment in which two come at once. Removes what dead ones left. */
export async function holdersOf(folder: string, except?: string): Promise<LockHolder[]> {
  const holders: LockHolder[] = [];
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const match = /^worker-([0-9a-f]{12})-(\d+)-(\d+|unknown)-[0-9a-f]{8}$/.exec(name);
    if (match === null || name === except) continue;
    const [, host, pid, start] = match as unknown as [string, string, string, string];
    const path = join(folder, name);
    const onThisHost = host === thisHost;
    if (await (onThisHost ? isSameProcess(Number(pid), start) : isRenewed(path)))
      holders.push({ pid: Number(pid), onThisHost });
    else await rm(path, { force: true });
  }
  return holders;
}

async function isSameProcess(pid: number, start: string): Promise<boolean> {
  const now = await processStart(pid);
  return now !== undefined && (now === start || now === 'unknown' || start === 'unknown');
}

async function isRenewed(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < stillAliveMs;
}
