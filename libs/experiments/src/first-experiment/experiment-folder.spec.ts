import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/quiet-context.js';
import { claimExperimentFolder } from './experiment-folder.js';

describe('the folder of the first experiment', () => {
  it('is made where there is none, and taken again later with what is in it', async () => {
    const path = join(await temporaryFolder(), 'first');
    await claimExperimentFolder(path);
    await mkdir(join(path, 'modules'));
    await claimExperimentFolder(path);
    expect(await readdir(path)).toContain('modules');
  });

  it("is never a folder of somebody else's, whose models it would clear away", async () => {
    const path = await temporaryFolder();
    await mkdir(join(path, 'modules'));
    await writeFile(join(path, 'modules', 'mine.txt'), 'mine');
    await expect(claimExperimentFolder(path)).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `The folder ${path} already holds modules; choose another --out, or remove the folder first.`,
    });
    expect(await readdir(path)).toEqual(['modules']);
  });
});
