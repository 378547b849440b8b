import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningKey, packageDigest, parseManifest, verifyPackage } from '@moda/module-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packFolder } from '../package/pack-folder.js';
import { RegistryClient } from '../registry/registry-client.js';
import { FakeRegistry } from '../testing/fake-registry.js';
import { makeModelFolder } from '../testing/model-folder.js';
import { publishFolder, type PublishOptions } from './publish-folder.js';

const key = createSigningKey();
let registry: FakeRegistry;
let folder: string;

beforeEach(async () => {
  registry = await FakeRegistry.start();
  folder = await mkdtemp(join(tmpdir(), 'moda-publish-'));
  await makeModelFolder(folder, 'first', 'MIT');
});
afterEach(async () => {
  await registry.stop();
  await rm(folder, { recursive: true });
});

const publish = (changes: Partial<PublishOptions> = {}) =>
  publishFolder({
    client: new RegistryClient(registry.address),
    folder,
    reference: 'ada/digits@1.0.0',
    signingKey: key,
    ...changes,
  });

describe('publishing a folder', () => {
  it('sends its files, and releases it signed', async () => {
    const seen: number[] = [];
    const published = await publish({ onProgress: ({ doneBytes }) => seen.push(doneBytes) });
    const [released] = registry.versions.get('ada/digits')!;
    const manifest = await packFolder(folder);
    expect(published).toMatchObject({
      reference: 'ada/digits@1.0.0',
      digest: packageDigest(manifest),
      created: true,
      license: 'MIT',
      signedBy: key.keyId,
      files: 4,
    });
    expect(released?.manifest).toEqual(manifest);
    expect(verifyPackage(manifest, released?.signature, [key]).state).toBe('trusted');
    expect(seen.at(-1)).toBe(published.sizeBytes);
    expect(published.uploadedBytes).toBe(published.sizeBytes);
  });

  it('a second time does nothing, and a new version sends only what is new', async () => {
    await publish();
    registry.requests.length = 0;
    expect(await publish()).toMatchObject({ created: false, uploadedBytes: 0 });
    expect(registry.requests).toEqual([]);

    await writeFile(join(folder, 'README.md'), 'new words');
    const next = await publish({ reference: 'ada/digits@1.1.0' });
    expect(next).toMatchObject({ created: true, uploadedBytes: 'new words'.length });
  });

  it('goes on where it was cut', async () => {
    registry.intercept = (_request, response) => {
      if (registry.requests.length < 3) return false;
      response.writeHead(400).end();
      return true;
    };
    await expect(publish()).rejects.toMatchObject({ code: 'REGISTRY_REFUSED' });
    const arrived = registry.blobs.size;
    expect(arrived).toBeGreaterThan(0);
    registry.intercept = () => false;
    registry.requests.length = 0;
    expect((await publish()).created).toBe(true);
    expect(registry.requests).toHaveLength(4 - arrived);
  });

  it('tries again where the network was in the way', async () => {
    let failures = 0;
    registry.intercept = (_request, response) => {
      if (failures++ >= 3) return false;
      response.destroy();
      return true;
    };
    let done = 0;
    const { sizeBytes } = await publish({ onProgress: ({ doneBytes }) => (done = doneBytes) });
    expect(done).toBe(sizeBytes);
    expect(failures).toBeGreaterThan(3);
  });

  it('lets an alias name it', async () => {
    await publish({ alias: 'champion' });
    expect(registry.aliases.get('champion')).toBe('1.0.0');
  });

  it('of another content under a version that is there is a conflict', async () => {
    await publish();
    await writeFile(join(folder, 'README.md'), 'changed');
    await expect(publish()).rejects.toMatchObject({
      code: 'VERSION_TAKEN',
      message: 'ada/digits@1.0.0 is released already with other contents.',
    });
  });

  it.each([
    [
      'shorter',
      'x',
      {
        code: 'MODEL_INVALID',
        message: 'README.md changed while it was published; run the same command again.',
      },
    ],
    ['longer', 'x'.repeat(1000), { code: 'MODEL_INVALID' }],
    ['other', '-'.repeat(51), { code: 'BLOB_DIGEST_MISMATCH', message: 'The content has another digest.' }],
  ])('whose file is %s by then is one sentence', async (_what, content, failure) => {
    expect((await readFile(join(folder, 'README.md'))).length).toBe(51);
    registry.spoil = (field, answer) => {
      if (field === 'announceVersion') writeFileSync(join(folder, 'README.md'), content);
      return answer;
    };
    await expect(publish()).rejects.toMatchObject(failure);
  });
});

describe('the licence', () => {
  it('has to be there', async () => {
    await makeModelFolder(folder, 'first');
    await expect(publish()).rejects.toMatchObject({
      code: 'LICENSE_MISSING',
      message: `The model ${folder} says no licence; give it one with --license, as in --license Apache-2.0.`,
    });
    expect(registry.requests).toEqual([]);
  });

  it('is written into the model and into the front matter of its card', async () => {
    await makeModelFolder(folder, 'first');
    await publish({ license: 'Apache-2.0' });
    expect(parseManifest(await readFile(join(folder, 'module.json'), 'utf8')).license).toBe('Apache-2.0');
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(
      '---\nlicense: Apache-2.0\nlibrary_name: moda\n---\n\n# first\n',
    );
  });

  it('has to be an SPDX expression, and nothing is written where it is none', async () => {
    await expect(publish({ license: 'do what you want!' })).rejects.toMatchObject({ code: 'USAGE' });
    expect(parseManifest(await readFile(join(folder, 'module.json'), 'utf8')).license).toBe('MIT');
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('license: other');
  });
});

describe('what cannot be published', () => {
  it.each(['ada/digits', 'ada/digits@champion', 'ada/digits/0@1.0.0'])(
    '%s is no release',
    async (reference) => {
      await expect(publish({ reference })).rejects.toMatchObject({
        code: 'REFERENCE_INVALID',
        message: expect.stringContaining('names no release') as unknown,
      });
    },
  );

  it('is a folder without a model', async () => {
    await rm(join(folder, 'weights.safetensors'));
    await expect(publish()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  it('is a file that the registry asks for and the package does not have', async () => {
    registry.spoil = (field, answer) =>
      field === 'announceVersion'
        ? {
            ...answer,
            uploads: [
              {
                path: '../../secret',
                digest: `sha256:${'0'.repeat(64)}`,
                sizeBytes: 1,
                url: `${registry.address}/uploads/x`,
              },
            ],
          }
        : answer;
    await expect(publish()).rejects.toMatchObject({ code: 'REGISTRY_ANSWER_INVALID' });
    expect(registry.requests).toEqual([]);
  });
});
