import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeInstallLock } from './install-lock.mjs';
import { ownIdentity } from './process-identity.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'moda-lock-'));
  file = path.join(folder, 'install.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function heldBy(holder: object | string, silentSeconds = 0): void {
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  const at = Date.now() / 1000 - silentSeconds;
  utimesSync(file, at, at);
}

async function isTakenAtOnce(): Promise<boolean> {
  const waiting = new AbortController();
  const taken = takeInstallLock(file, { onWait: () => waiting.abort(), signal: waiting.signal });
  return await taken.then(
    async (release) => {
      await release();
      return true;
    },
    () => false,
  );
}

describe('the lock of the cache', () => {
  it('is free at first and leaves nothing behind', async () => {
    expect(await isTakenAtOnce()).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets a second one wait until the first has given it back, and says for whom it waits', async () => {
    const order: string[] = [];
    const release = await takeInstallLock(file);
    let second: Promise<void> | undefined;
    await new Promise<void>((waits) => {
      second = takeInstallLock(file, {
        onWait: (pid) => {
          order.push(`waits for ${pid}`);
          waits();
        },
      }).then(async (releaseIt) => {
        order.push('second');
        await releaseIt();
      });
    });
    order.push('first gives back');
    await release();
    await second;
    expect(order).toEqual([`waits for ${process.pid}`, 'first gives back', 'second']);
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that is dead', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    heldBy({ ...ownIdentity(), pid, started: '1' });
    expect(await isTakenAtOnce()).toBe(true);
  });

  it('is taken over where the number of the dead process now belongs to another one', async () => {
    heldBy({ ...ownIdentity(), started: '1' });
    expect(await isTakenAtOnce()).toBe(true);
  });

  it('is not taken from a process that lives, however long it was silent', async () => {
    heldBy(ownIdentity(), 3600);
    expect(await isTakenAtOnce()).toBe(false);
  });

  it('is taken from another machine only after a minute of silence', async () => {
    const elsewhere = { ...ownIdentity(), host: 'elsewhere', started: '1' };
    heldBy(elsewhere, 30);
    expect(await isTakenAtOnce()).toBe(false);
    heldBy(elsewhere, 90);
    expect(await isTakenAtOnce()).toBe(true);
  });

  it('leaves a holder time to write its name, but not forever', async () => {
    heldBy('');
    expect(await isTakenAtOnce()).toBe(false);
    heldBy('{"pid":', 30);
    expect(await isTakenAtOnce()).toBe(true);
  });

  it('does not remove the lock of somebody who took it over in the meantime', async () => {
    const release = await takeInstallLock(file);
    heldBy({ pid: 1, host: 'elsewhere', started: '1' });
    await release();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ host: 'elsewhere' });
  });
});
