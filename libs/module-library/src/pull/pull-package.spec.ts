import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFilesystemBlobStore, readBlob } from '@moda/blob-store';
import { createSigningKey, packageDigest, parsePackage, parseSignature } from '@moda/module-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFolder } from '../package/verify-folder.js';
import { publishFolder } from '../publish/publish-folder.js';
import { RegistryClient } from '../registry/registry-client.js';
import { FakeRegistry } from '../testing/fake-registry.js';
import { makeModelFolder } from '../testing/model-folder.js';
import { ContentCache } from './content-cache.js';
import { type Pulled, pullDigest, pullPackage, type PullOptions } from './pull-package.js';

const key = createSigningKey();
const registryKey = createSigningKey();
const trusted = [{ publicKey: key.publicKey, name: 'Ada' }, { publicKey: registryKey.publicKey }];
let registry: FakeRegistry;
let home: string;
let out: string;

beforeEach(async () => {
  registry = await FakeRegistry.start(registryKey);
  home = await mkdtemp(join(tmpdir(), 'moda-pull-'));
  out = join(home, 'out');
  await makeModelFolder(join(home, 'model'), 'first', 'MIT');
  await publish('ada/digits@1.0.0');
  registry.requests.length = 0;
});
afterEach(async () => {
  await registry.stop();
  await rm(home, { recursive: true, force: true });
});

const client = () => new RegistryClient(registry.address);

async function publish(reference: string, signed = true): Promise<void> {
  const signingKey = signed ? key : undefined;
  await publishFolder({ client: client(), folder: join(home, 'model'), reference, signingKey });
}

const pull = (reference: string, changes: Partial<PullOptions> = {}): Promise<Pulled> =>
  pullPackage({
    client: changes.client ?? client(),
    reference,
    folder: out,
    cache: new ContentCache(join(home, 'blobs')),
    signatures: { trusted, allowUnsigned: false },
    as: { id: 'somebody', ci: false },
    ...changes,
  });

async function sameAsPublished(): Promise<void> {
  for (const name of ['module.json', 'weights.safetensors', 'rates.safetensors', 'README.md'])
    expect((await readFile(join(out, name))).equals(await readFile(join(home, 'model', name)))).toBe(true);
}

describe('pulling a whole model', () => {
  it('gives its folder, the manifest and the signature of its package, and counts as a use', async () => {
    const seen: number[] = [];
    const pulled = await pull('ada/digits', { onProgress: ({ doneBytes }) => seen.push(doneBytes) });
    await sameAsPublished();
    const manifest = parsePackage(await readFile(join(out, 'package.moda.json'), 'utf8'));
    parseSignature(JSON.parse(await readFile(join(out, 'package.moda.sig.json'), 'utf8')));
    expect(pulled).toMatchObject({
      reference: 'ada/digits',
      resolved: 'ada/digits@1.0.0',
      digest: packageDigest(manifest),
      signature: { state: 'trusted', keyId: key.keyId, name: 'Ada' },
      upToDate: false,
      warnings: [],
    });
    expect(await readdir(out)).toHaveLength(6);
    expect(await readdir(home)).not.toContain('out.partial');
    expect(pulled.transferredBytes).toBe(manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(seen.at(-1)).toBe(pulled.transferredBytes);
    expect(registry.confirmed).toEqual([{ ticket: 'ticket', client: { id: 'somebody', ci: false } }]);
  });

  it('a second time finds it there, and counts once', async () => {
    await pull('ada/digits');
    registry.requests.length = 0;
    expect(await pull('ada/digits')).toMatchObject({ upToDate: true, transferredBytes: 0 });
    expect(registry.requests).toEqual([]);
    expect(registry.confirmed).toHaveLength(1);
  });

  it('fetches nothing that another pull has fetched', async () => {
    await pull('ada/digits');
    await rm(out, { recursive: true });
    registry.requests.length = 0;
    expect((await pull('ada/digits')).transferredBytes).toBe(0);
    expect(registry.requests).toEqual([]);
    await sameAsPublished();
  });

  it('keeps its files in a store of blobs, which lie on disk once', async () => {
    const { files } = await pull('ada/digits');
    const store = await openFilesystemBlobStore({ folder: join(home, 'blobs') });
    for (const { digest, path } of files)
      expect((await readFile(join(out, path))).equals(await readBlob(store, digest))).toBe(true);
    expect((await stat(join(out, 'weights.safetensors'))).nlink).toBe(2);
  });

  it('takes nothing damaged from there', async () => {
    const { files } = await pull('ada/digits');
    await rm(out, { recursive: true });
    const { digest } = files.find(({ path }) => path === 'weights.safetensors')!;
    const cached = join(home, 'blobs', digest.slice(7, 9), digest.slice(9));
    await rm(cached);
    await writeFile(cached, 'damaged');
    await pull('ada/digits');
    await sameAsPublished();
  });

  it('by its digest gives the same', async () => {
    const { digest } = await pull('ada/digits');
    const again = await pullDigest({
      ...{ client: client(), digest, folder: join(home, 'again') },
      cache: new ContentCache(join(home, 'other-blobs')),
      signatures: { trusted, allowUnsigned: false },
    });
    expect(again.digest).toBe(digest);
  });

  it('warns of a version that is deprecated', async () => {
    registry.versions.get('ada/digits')![0]!.state = 'deprecated';
    expect((await pull('ada/digits')).warnings).toEqual(['ada/digits@1.0.0 is deprecated: It is old.']);
  });
});

describe('pulling some classes', () => {
  it('gives what the registry cuts, under the digest that both compute, with its signature', async () => {
    const pulled = await pull('ada/digits/0,1', { tau: 0.5, renderCard: (text) => `card of ${text}` });
    const { derivation } = pulled;
    expect(derivation).toMatchObject({ method: 'cut/1', classes: [0, 1], tau: 0.5 });
    expect((await readFile(join(out, 'weights.safetensors'))).equals(registry.weightsOf(derivation!))).toBe(
      true,
    );
    expect(await readFile(join(out, 'README.md'), 'utf8')).toBe('card of {"cut":[0,1]}\n');
    expect(pulled.signature).toMatchObject({ state: 'trusted', keyId: registryKey.keyId });
    expect(await verifyFolder(out, trusted)).toMatchObject({
      digest: pulled.digest,
      intact: true,
      signature: { state: 'trusted' },
    });
    expect(pulled.transferredBytes).toBe(registry.weightsOf(derivation!).length);
  });

  it('a second time elsewhere needs no byte', async () => {
    await pull('ada/digits/0');
    registry.requests.length = 0;
    const again = await pull('ada/digits/0', { folder: join(home, 'again') });
    expect(again.transferredBytes).toBe(0);
    expect(registry.requests).toEqual([]);
  });

  it('whose bytes are not those of the registry leaves nothing', async () => {
    registry.intercept = (_request, response) => {
      response.end(Buffer.alloc(64_000));
      return true;
    };
    await expect(pull('ada/digits/0')).rejects.toMatchObject({
      code: 'DOWNLOAD_DAMAGED',
      message: expect.stringMatching(
        /its package has the digest sha256:.* and the registry says sha256:/,
      ) as unknown,
    });
    expect(await readdir(home)).toEqual(['model']);
  });
});

describe('a signature', () => {
  it('that is missing is refused, unless that is allowed', async () => {
    await publish('ada/other@1.0.0', false);
    registry.requests.length = 0;
    await expect(pull('ada/other')).rejects.toMatchObject({ code: 'SIGNATURE_MISSING' });
    expect(registry.requests).toEqual([]);
    const { signature } = await pull('ada/other', { signatures: { trusted, allowUnsigned: true } });
    expect(signature).toEqual({ state: 'unsigned' });
    expect(await readdir(out)).not.toContain('package.moda.sig.json');
  });

  it.each([
    ['of a stranger', 'SIGNATURE_UNKNOWN_KEY', () => createSigningKey().publicKey],
    ['that is not of the named key', 'SIGNATURE_WRONG', () => key.publicKey],
  ])('%s is refused before any byte moves', async (_what, code, publicKey) => {
    if (code === 'SIGNATURE_WRONG') {
      registry.spoil = (field, answer) =>
        field === 'download'
          ? { ...answer, signature: { ...(answer['signature'] as object), signature: `${'A'.repeat(86)}==` } }
          : answer;
    }
    const signatures = { trusted: [{ publicKey: publicKey() }], allowUnsigned: true };
    await expect(pull('ada/digits', { signatures })).rejects.toMatchObject({ code });
    expect(registry.requests).toEqual([]);
    expect(await readdir(home)).toEqual(['model']);
  });
});

describe('a pull that was cut', () => {
  it('leaves nothing under the name, and goes on with what came', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes(weightsDigest())) return false;
      // The other files have time to arrive.
      setTimeout(() => response.writeHead(404).end(), 300);
      return true;
    };
    await expect(pull('ada/digits')).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
    expect(await readdir(home)).not.toContain('out');
    registry.intercept = () => false;
    registry.requests.length = 0;
    expect((await pull('ada/digits')).transferredBytes).toBe(300_000);
    await sameAsPublished();
  });

  it('is asked for anew where its addresses have expired', async () => {
    let expired = true;
    registry.intercept = (_request, response) => {
      if (!expired) return false;
      response.writeHead(403).end();
      expired = false;
      return true;
    };
    const offers: string[] = [];
    registry.spoil = (field, answer) => {
      offers.push(field);
      if (field !== 'download' || offers.filter((name) => name === 'download').length === 1) return answer;
      const files = answer['files'] as { url: string }[];
      return { ...answer, files: files.map((file) => ({ ...file, url: `${file.url}#again` })) };
    };
    await pull('ada/digits');
    await sameAsPublished();
  });

  function weightsDigest(): string {
    const { manifest } = registry.versions.get('ada/digits')![0]!;
    return manifest.files.find(({ path }) => path === 'weights.safetensors')!.digest;
  }
});

describe('the folder for the result', () => {
  it('is left alone where it holds something else', async () => {
    await mkdir(out);
    await writeFile(join(out, 'thesis.txt'), 'precious');
    await expect(pull('ada/digits')).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `The folder ${out} already holds something else; choose another --out, or remove the folder first.`,
    });
    expect(await readdir(out)).toEqual(['thesis.txt']);
    expect(registry.requests).toEqual([]);
  });

  it('is left alone where something was changed since it was pulled', async () => {
    await pull('ada/digits/0');
    await rm(join(out, 'weights.safetensors'));
    await writeFile(join(out, 'weights.safetensors'), 'trained further');
    await expect(pull('ada/digits')).rejects.toMatchObject({ code: 'OUTPUT_EXISTS' });
    expect(await readFile(join(out, 'weights.safetensors'), 'utf8')).toBe('trained further');
  });

  it('gets the new version where nothing was changed', async () => {
    await pull('ada/digits/0');
    await pull('ada/digits');
    await sameAsPublished();
    expect((await readdir(home)).sort()).toEqual(['blobs', 'model', 'out']);
  });
});

describe('a registry that lies', () => {
  const sha = `sha256:${'0'.repeat(64)}`;
  it.each<readonly [string, (answer: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
    ['about the digest', (answer) => ({ ...answer, digest: sha }), /its package has the digest/],
    ['about the package', (answer) => ({ ...answer, packageText: '{}' }), /package manifest/],
    ['by offering nothing', (answer) => ({ ...answer, packageText: null }), /it offers no package/],
    ['by leaving out a file', (answer) => ({ ...answer, files: [] }), /no address of/],
    [
      'by offering a cut',
      (answer) => ({
        ...answer,
        derivation: { method: 'cut/1', parent: sha, rates: sha, classes: [0], tau: 0.9 },
      }),
      /something else than was asked for/,
    ],
    ['in another language', () => ({ __typename: 'Surprise' }), /no registry that this version understands/],
  ])('%s is found out before any byte moves', async (_what, lie, reason) => {
    registry.spoil = (field, answer) => (field === 'download' ? lie(answer) : answer);
    await expect(pull('ada/digits')).rejects.toThrow(reason);
    expect(registry.requests).toEqual([]);
  });

  it('cannot give another version than it named', async () => {
    await writeFile(join(home, 'model', 'README.md'), 'second');
    await publish('ada/digits@2.0.0');
    registry.spoil = (field, answer) =>
      field === 'resolve'
        ? { ...answer, version: { ...(answer['version'] as object), digest: sha } }
        : answer;
    await expect(pull('ada/digits')).rejects.toThrow('it offers another version than it named');
  });
});

describe('a registry', () => {
  it('that does not answer is one sentence', async () => {
    const address = registry.address;
    const gone = client();
    await registry.stop();
    await expect(pull('ada/digits', { client: gone })).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: `No registry answers at ${address}; start one with npx moda-registry or set MODA_REGISTRY.`,
    });
    registry = await FakeRegistry.start();
  });

  it('has problems with codes of its own and of this version', async () => {
    await expect(pull('ada/nothing')).rejects.toMatchObject({ code: 'VERSION_UNKNOWN' });
    registry.spoil = () => ({
      __typename: 'Problem',
      code: 'SOMETHING_NEW',
      message: 'Not on Sundays.',
      details: {},
    });
    await expect(pull('ada/digits')).rejects.toMatchObject({
      code: 'REGISTRY_REFUSED',
      message: 'The registry refused: Not on Sundays.',
    });
  });

  it.each(['', 'digits', 'ftp://x', 'http://'])('has an address, which %j is not', (address) => {
    expect(() => new RegistryClient(address)).toThrow('is no address of a registry');
  });
});

describe('a place that cannot be written to', () => {
  it('is one sentence', async () => {
    await writeFile(join(home, 'file'), '');
    const folder = join(home, 'file', 'out');
    await expect(pull('ada/digits', { folder })).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${folder}: a part of the path is a file, not a folder.`,
    });
  });
});
