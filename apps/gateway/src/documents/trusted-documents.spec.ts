import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedDocuments } from './trusted-documents.js';

const text = '{ herbs { name } }';
const digest = createHash('sha256').update(text).digest('hex');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-documents-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(content: string): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, 'documents.json');
  await writeFile(file, content);
  return readTrustedDocuments(file);
}

describe('a list of trusted documents', () => {
  it('is read as texts by their digests', async () => {
    expect(await read(JSON.stringify({ [digest]: text }))).toEqual(new Map([[digest, text]]));
  });

  it.each([
    [
      'a text under another digest',
      JSON.stringify({ [digest]: `${text} ` }),
      'is not the sha256 of its text',
    ],
    ['no JSON', '{', 'is no JSON object'],
    ['a list', '[]', 'is no JSON object'],
    ['a name that is no digest', '{"first":"{ a }"}', 'is no JSON object'],
  ])('is refused with %s', async (_what, content, why) => {
    await expect(read(content)).rejects.toThrow(
      expect.objectContaining({
        code: 'DOCUMENTS_INVALID',
        message: expect.stringContaining(why) as unknown,
      }),
    );
  });

  it('is refused where there is none', async () => {
    await expect(readTrustedDocuments(join(folder, 'none.json'))).rejects.toThrow(
      expect.objectContaining({
        code: 'DOCUMENTS_INVALID',
        message: expect.stringContaining('ENOENT') as unknown,
      }),
    );
  });
});
