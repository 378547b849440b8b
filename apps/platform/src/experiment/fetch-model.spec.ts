import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeGateway } from '../testing/fake-gateway.js';
import { temporaryFolder } from '../testing/fake-programs.js';
import { fetchModel, holdsModel } from './fetch-model.js';

const sent: Readonly<Record<string, string>> = {
  'model/module.json': '{}',
  'model/weights.safetensors': 'weights',
  'result.json': '{}',
  'model/../../escaped.txt': 'outside',
};

async function fetched(altered: Readonly<Record<string, string>> = {}, names = Object.keys(sent)) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    const text = altered[name] ?? sent[name];
    response.statusCode = text === '' ? 404 : 200;
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { readonly port: number };
  const artifacts = names.map((name) => ({
    name,
    digest: `sha256:${createHash('sha256')
      .update(sent[name] ?? '')
      .digest('hex')}`,
    sizeBytes: Buffer.byteLength(sent[name] ?? ''),
    url: `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
  }));
  const client = fakeGateway(() => ({ run: { artifacts } }));
  const folder = join(await temporaryFolder(), 'modular');
  const fetching = fetchModel(client, 'a', folder, new AbortController().signal);
  return { folder, fetching };
}

describe('the model of a run', () => {
  it('arrives whole, without what is no part of it', async () => {
    const { folder, fetching } = await fetched();
    await fetching;
    expect(await readdir(folder)).toEqual(['module.json', 'weights.safetensors']);
    expect(await readFile(join(folder, 'weights.safetensors'), 'utf8')).toBe('weights');
    expect(await readdir(join(folder, '..'))).toEqual(['modular']);
  });

  it('takes the place of one that is not whole', async () => {
    const folder = join(await temporaryFolder(), 'modular');
    await mkdir(folder);
    await writeFile(join(folder, 'checkpoint.safetensors'), '');
    expect(await holdsModel(folder)).toBe(false);
    const { folder: other, fetching } = await fetched();
    await fetching;
    expect(await holdsModel(other)).toBe(true);
  });

  it.each([
    ['other bytes', 'weighty', 'DOWNLOAD_DAMAGED'],
    ['too few bytes', 'w', 'DOWNLOAD_DAMAGED'],
    ['nothing', '', 'DOWNLOAD_FAILED'],
  ])('is not there where %s arrive', async (_what, text, code) => {
    const { folder, fetching } = await fetched({ 'model/weights.safetensors': text });
    await expect(fetching).rejects.toMatchObject({ code });
    expect(await holdsModel(folder)).toBe(false);
  });

  it('is not there without its manifest', async () => {
    const { fetching } = await fetched({}, ['model/weights.safetensors']);
    await expect(fetching).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});
