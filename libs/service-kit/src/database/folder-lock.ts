import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { processStart } from './process-start.js';

export interface FolderLock {
  release(): Promise<void>;
}

/** The holder renews its file, which tells those who cannot look at its process: on another host, in another container. */
const renewEveryMs = 5000;
const stillAliveMs = 20_000;

/** Two who come at the same moment both step back, and one of them comes again first. */
const attempts = 8;
const maxDelayMs = 80;

/** Of this process, so that a number and an unknown start cannot be taken for an earlier process with the same number. */
const held = new Set<string>();

/**
 * Makes a folder this process's own. Each holder has a file of its own name (`lock-<host>-<process>-<start>-<random>`): one that a killed
 * process left is told by its name and removed without any doubt whose it is. Whoever sees another living holder after writing its own file
 * steps back, so of two at most one stays.
 *
 * @throws ModaError DATABASE_LOCKED naming the holder
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const start = (await processStart(process.pid)) ?? 'unknown';
  const name = `lock-${thisHost()}-${process.pid}-${start}-${randomUUID().slice(0, 8)}`;
  const path = join(folder, name);
  held.add(path);
  try {
    for (let attempt = 1; ; attempt += 1) {
      await writeFile(path, '', { flag: 'wx' });
      const other = await otherHolder(folder, name);
      if (other === undefined) break;
      await rm(path, { force: true });
      if (attempt === attempts) throw locked(folder, other);
      await sleep(Math.random() * maxDelayMs);
    }
  } catch (error) {
    held.delete(path);
    throw error;
  }
  const renewal = setInterval(() => void renew(path), renewEveryMs).unref();
  return {
    async release() {
      clearInterval(renewal);
      held.delete(path);
      await rm(path, { force: true });
    },
  };
}

interface Holder {
  readonly host: string;
  readonly pid: number;
}

async function otherHolder(folder: string, own: string): Promise<Holder | undefined> {
  for (const name of await readdir(folder)) {
    const match = /^lock-([0-9a-f]{12})-(\d+)-(\d+|unknown)-[0-9a-f]{8}$/.exec(name);
    if (match === null || name === own) continue;
    const [, host, pid, start] = match as unknown as [string, string, string, string];
    const path = join(folder, name);
    const holder = { host, pid: Number(pid) };
    if (await isAlive(path, holder, start)) return holder;
    await rm(path, { force: true });
  }
  return undefined;
}

async function isAlive(path: string, { host, pid }: Holder, start: string): Promise<boolean> {
  if (host !== thisHost()) {
    const found = await stat(path).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs < stillAliveMs;
  }
  if (pid === process.pid) return held.has(path);
  const now = await processStart(pid);
  return now !== undefined && (now === start || now === 'unknown' || start === 'unknown');
}

async function renew(path: string): Promise<void> {
  const now = new Date();
  // A folder that was taken away under a running process is told by the database itself.
  await utimes(path, now, now).catch(() => undefined);
}

/** A host name may hold anything, a file name may not. */
const thisHost = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 12);

function locked(folder: string, { host, pid }: Holder): ModaError {
  const where = host === thisHost() ? '' : ' on another host';
  return new ModaError(
    'DATABASE_LOCKED',
    `The database in ${folder} is in use by process ${pid}${where}; stop that one, or set DATABASE_URL for several at a time.`,
    { folder, pid },
  );
}
