import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/quiet-context.js';
import { writeOutputFolder } from './write-output-folder.js';

const files = new Map([
  ['a.json', new TextEncoder().encode('{}')],
  ['b.bin', Uint8Array.of(1, 2)],
]);
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('a folder of results', () => {
  it('is made with all its files, and with the folders around it', async () => {
    const path = join(folder, 'new', 'result', '/');
    await writeOutputFolder(path, files);
    expect((await readdir(path)).sort()).toEqual(['a.json', 'b.bin']);
    expect(await readFile(join(path, 'a.json'), 'utf8')).toBe('{}');
    expect(await readdir(join(folder, 'new'))).toEqual(['result']);
  });

  it('takes the place of an empty one, behind a link too', async () => {
    const path = join(folder, 'empty');
    await mkdir(path);
    await symlink(path, join(folder, 'link'));
    await writeOutputFolder(join(folder, 'link'), files);
    expect((await readdir(path)).sort()).toEqual(['a.json', 'b.bin']);
  });

  it('does not mix with what is there', async () => {
    await writeFile(join(folder, 'mine'), '');
    await expect(writeOutputFolder(folder, files)).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `The folder ${folder} already holds mine; choose another --out, or remove the folder first.`,
    });
    expect(await readdir(folder)).toEqual(['mine']);
  });

  it('is not a file, and not behind one', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [path, reason] of [
      [file, 'a file of this name is there'],
      [join(file, 'below'), 'a part of the path is a file, not a folder'],
    ] as const) {
      await expect(writeOutputFolder(path, files)).rejects.toMatchObject({
        code: 'OUTPUT_EXISTS',
        message: `Cannot write into ${path}: ${reason}.`,
      });
    }
  });

  it('leaves nothing where a file cannot be written', async () => {
    const path = join(folder, 'result');
    const impossible = new Map([...files, ['no/such/folder', Uint8Array.of(1)]]);
    await expect(writeOutputFolder(path, impossible)).rejects.toMatchObject({ code: 'OUTPUT_EXISTS' });
    expect(await readdir(folder)).toEqual([]);
  });
});
