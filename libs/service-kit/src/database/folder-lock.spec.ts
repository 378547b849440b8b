import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.js';
import { processStart } from './process-start.js';

const hostKey = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 12);
const here = hostKey(hostname());

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is locked by one, who is named to the others, and free again afterwards', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      message: `The database in ${folder} is in use by process ${process.pid}; stop that one, or set DATABASE_URL for several at a time.`,
      details: { folder, pid: process.pid },
    });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockFolder(folder)).release();
  });

  it('is got by one of many who come at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => lockFolder(folder)));
      const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      // Never two; where all stepped back to the last, none.
      expect(locks.length).toBeLessThanOrEqual(1);
      for (const lock of locks) await lock.release();
    }
  });

  /** The lock of a process that never was asked. */
  const leftBy = (host: string, pid: number | string, start: number | string) =>
    writeFile(join(folder, `lock-${host}-${pid}-${start}-0123abcd`), '');

  it('is not kept by a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const start = (await processStart(child.pid!))!;
    await leftBy(here, child.pid!, start);
    await expect(lockFolder(folder)).rejects.toMatchObject({ details: { pid: child.pid } });
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const lock = await lockFolder(folder);
    expect(await readdir(folder)).toHaveLength(1);
    await lock.release();
  });

  it.runIf(process.platform === 'linux')(
    'is not kept by an earlier process whose number another one, or this one, has now',
    async () => {
      await leftBy(here, process.ppid, 1);
      await leftBy(here, process.pid, 1);
      await (await lockFolder(folder)).release();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is kept by a process of another host as long as that one gives signs of life', async () => {
    const other = hostKey('another host');
    await leftBy(other, 17, 'unknown');
    await expect(lockFolder(folder)).rejects.toThrow('in use by process 17 on another host;');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(join(folder, `lock-${other}-17-unknown-0123abcd`), longAgo, longAgo);
    await (await lockFolder(folder)).release();
  });

  it('may hold other files, which are nobody’s lock', async () => {
    for (const name of ['lock', 'lock-x', `lock-${here}-1-1-0123abcd.txt`, 'postgres'])
      await writeFile(join(folder, name), '');
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toHaveLength(4);
  });
});

it('the start of a process tells it from others, and is absent where there is none', async () => {
  const start = await processStart(process.pid);
  expect(start).toBe(await processStart(process.pid));
  expect(start).toMatch(/^(?:\d+|unknown)$/);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(await processStart(child.pid!)).toBeUndefined();
});
