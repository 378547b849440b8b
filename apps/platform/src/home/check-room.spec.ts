import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/fake-programs.js';
import { checkRoom } from './check-room.js';

describe('a disk', () => {
  it('that is nearly full is told before anything is written', async () => {
    await expect(checkRoom('data', async () => 12.5 * 2 ** 20)).rejects.toMatchObject({
      code: 'DISK_FULL',
      message:
        'The disk of data has 12 MiB left, and the services need 300; make room there, or set MODA_HOME to a folder on another disk.',
    });
  });

  it('with room is taken as it is', async () => {
    await expect(checkRoom('data', async () => 300 * 2 ** 20)).resolves.toBeUndefined();
  });

  it('is looked at where the folder is', async () => {
    await expect(checkRoom(`${await temporaryFolder()}/none`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
