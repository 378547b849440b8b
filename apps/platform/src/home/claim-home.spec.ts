import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlatformEnvironment } from '../environment.js';
import { temporaryFolder } from '../testing/fake-programs.js';
import { claimHome } from './claim-home.js';

describe('the folder of all data', () => {
  it('belongs to one platform at a time', async () => {
    const environment = readPlatformEnvironment({ MODA_HOME: await temporaryFolder() });
    const lock = await claimHome(environment);
    await expect(claimHome(environment)).rejects.toMatchObject({
      code: 'PLATFORM_RUNNING',
      message: `MODA is running from ${environment.home} already, as process ${process.pid}; stop that one with Ctrl-C, or set MODA_HOME to another folder.`,
    });
    await lock.release();
    await (await claimHome(environment)).release();
  });

  it('is taken over silently from a process that is dead', async () => {
    const environment = readPlatformEnvironment({ MODA_HOME: await temporaryFolder() });
    const lock = await claimHome(environment);
    const [name = ''] = await readdir(environment.stateFolder);
    await lock.release();
    const most = Number(await readFile('/proc/sys/kernel/pid_max', 'utf8').catch(() => '99999'));
    const stale = name.replace(`-${process.pid}-`, `-${most + 1}-`);
    await writeFile(join(environment.stateFolder, stale), '');
    await (await claimHome(environment)).release();
    expect(await readdir(environment.stateFolder)).toEqual([]);
  });
});
