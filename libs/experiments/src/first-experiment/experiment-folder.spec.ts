import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/quiet-context.js';
import { claimExperimentFolder } from './experiment-folder.js';
import { firstExperimentPlan } from './plan.js';

describe('the folder of the first experiment', () => {
  it('is made where there is none, and taken again later with what is in it', async () => {
    const path = join(await temporaryFolder(), 'first');
    await claimExperimentFolder(path, firstExperimentPlan);
    await mkdir(join(path, 'modules'));
    await claimExperimentFolder(path, firstExperimentPlan);
    expect(await readdir(path)).toContain('modules');
  });

  it('is not taken for another plan, whose report would speak of models it did not train', async () => {
    const path = join(await temporaryFolder(), 'first');
    await claimExperimentFolder(path, firstExperimentPlan);
    await expect(claimExperimentFolder(path, { ...firstExperimentPlan, tau: 0.5 })).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `The folder ${path} holds an experiment with other settings; remove it, or choose another --out.`,
    });
  });

  it("is never a folder of somebody else's, whose models it would clear away", async () => {
    const path = await temporaryFolder();
    await mkdir(join(path, 'modules'));
    await writeFile(join(path, 'modules', 'mine.txt'), 'mine');
    await expect(claimExperimentFolder(path, firstExperimentPlan)).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `The folder ${path} already holds modules; choose another --out, or remove the folder first.`,
    });
    expect(await readdir(path)).toEqual(['modules']);
  });
});
