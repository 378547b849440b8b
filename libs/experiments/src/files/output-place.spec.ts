import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/quiet-context.js';
import { claimOutputFolder } from './output-folder.js';
import { spareInputs } from './spare-inputs.js';
import { writeAtomically } from './write-atomically.js';

let folder: string;
let input: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  input = join(folder, 'input');
  await writeFile(input, 'input');
});

describe('a file for a result', () => {
  it('takes the place of an older one', async () => {
    await writeAtomically(input, 'new');
    expect(await readFile(input, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['input']);
  });

  it('names the folder that does not exist', async () => {
    const path = join(folder, 'absent', 'result');
    await expect(writeAtomically(path, '')).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `Cannot write ${path}: the folder ${join(folder, 'absent')} does not exist.`,
    });
  });

  it('is not the input, by whatever name', async () => {
    const link = join(folder, 'link');
    await symlink(input, link);
    for (const path of [input, link, join(folder, '.', 'x', '..', 'input')]) {
      await expect(spareInputs(path, { files: [input], folders: [] })).rejects.toMatchObject({
        code: 'OUTPUT_EXISTS',
        message: `The result cannot go to ${path}, because it is an input; name another file.`,
      });
    }
  });

  it("is not in a model's folder, but may be beside it", async () => {
    const model = join(folder, 'model');
    await mkdir(model);
    const path = join(model, 'weights.safetensors');
    await expect(spareInputs(path, { files: [], folders: [model] })).rejects.toMatchObject({
      message: `The result cannot go to ${path}, because ${model} is the folder of a model; name another file.`,
    });
    await spareInputs(join(folder, 'weights.safetensors'), { files: [input], folders: [model] });
  });
});

describe('a folder for a result', () => {
  it('is not a file', async () => {
    await expect(claimOutputFolder(input)).rejects.toMatchObject({
      message: `Cannot write into ${input}: a file of this name is there.`,
    });
  });
});
