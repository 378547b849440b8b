import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningKey } from '@moda/module-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishFolder } from '../publish/publish-folder.js';
import { ContentCache } from '../pull/content-cache.js';
import { parseReference } from '../reference/parse-reference.js';
import { RegistryClient } from '../registry/registry-client.js';
import { FakeRegistry, problem } from '../testing/fake-registry.js';
import { makeModelFolder } from '../testing/model-folder.js';
import { readLock } from './lock-file.js';
import { folderNameOf, type LockedPullOptions, pullReference } from './pull-locked.js';

const key = createSigningKey();
let registry: FakeRegistry;
let home: string;
let lockFile: string;

beforeEach(async () => {
  registry = await FakeRegistry.start(key);
  home = await mkdtemp(join(tmpdir(), 'moda-lock-'));
  lockFile = join(home, 'moda.lock');
  await publish('1.0.0');
});
afterEach(async () => {
  await registry.stop();
  await rm(home, { recursive: true, force: true });
});

async function publish(version: string): Promise<void> {
  const folder = join(home, 'model');
  await makeModelFolder(folder, version, 'MIT');
  const client = new RegistryClient(registry.address);
  await publishFolder({ client, folder, reference: `ada/digits@${version}`, signingKey: key });
}

const pull = (reference?: string, changes: Partial<LockedPullOptions> = {}) =>
  pullReference({
    client: new RegistryClient(registry.address),
    reference,
    lockFile,
    cache: new ContentCache(join(home, 'blobs')),
    signatures: { trusted: [key], allowUnsigned: false },
    ...changes,
  });

describe('a lock file', () => {
  it('says what was pulled, in one text whatever the order', async () => {
    await pull('ada/digits@latest');
    await pull('ada/digits/1', { tau: 0.5 });
    const text = await readFile(lockFile, 'utf8');
    const lock = await readLock(lockFile);
    expect(Object.keys(lock!)).toEqual(['ada/digits', 'ada/digits/1']);
    const parent = lock!['ada/digits']!.digest;
    expect(lock!['ada/digits/1']).toMatchObject({
      resolved: 'ada/digits/1@1.0.0',
      parent,
      derivation: { parent, classes: [1], tau: 0.5 },
      folder: 'digits-1',
    });

    await rm(lockFile);
    await pull('ada/digits/1', { tau: 0.5 });
    await pull('ada/digits');
    expect(await readFile(lockFile, 'utf8')).toBe(text);
  });

  it('gives exactly that again, though the world has moved on', async () => {
    await pull('ada/digits');
    await pull('ada/digits/1', { tau: 0.5 });
    const before = await readFile(lockFile, 'utf8');
    await publish('2.0.0');
    await rm(join(home, 'digits'), { recursive: true });
    await rm(join(home, 'digits-1'), { recursive: true });

    const pulled = await pull();
    expect(pulled.map(({ reference, resolved }) => [reference, resolved])).toEqual([
      ['ada/digits', 'ada/digits@1.0.0'],
      ['ada/digits/1', 'ada/digits/1@1.0.0'],
    ]);
    expect(await readFile(join(home, 'digits', 'module.json'), 'utf8')).toContain('"1.0.0"');
    expect(await readFile(lockFile, 'utf8')).toBe(before);
  });

  it('changes when something is pulled by its name, which replaces what nobody touched', async () => {
    await pull('ada/digits');
    await publish('2.0.0');
    await pull('ada/digits');
    expect((await readLock(lockFile))!['ada/digits']!.resolved).toBe('ada/digits@2.0.0');
    expect(await readFile(join(home, 'digits', 'module.json'), 'utf8')).toContain('"name": "2.0.0"');
  });

  it('refuses a version that is not what it was', async () => {
    await pull('ada/digits');
    const before = await readFile(lockFile, 'utf8');
    await rm(join(home, 'digits'), { recursive: true });
    registry.versions.clear();
    await makeModelFolder(join(home, 'model'), 'forged', 'MIT');
    const client = new RegistryClient(registry.address);
    await publishFolder({
      client,
      folder: join(home, 'model'),
      reference: 'ada/digits@1.0.0',
      signingKey: key,
    });
    registry.requests.length = 0;
    await expect(pull()).rejects.toMatchObject({ code: 'LOCK_DIFFERS' });
    expect(registry.requests).toEqual([]);
    expect(await readFile(lockFile, 'utf8')).toBe(before);
  });

  it('gives by its digest what was withdrawn since, and says so', async () => {
    await pull('ada/digits');
    await pull('ada/digits/1', { tau: 0.5 });
    registry.spoil = (field, answer) =>
      field === 'resolve' ? problem('VERSION_YANKED', 'ada/digits@1.0.0 was withdrawn.') : answer;
    for (const name of ['digits', 'digits-1', 'blobs']) await rm(join(home, name), { recursive: true });
    const pulled = await pull();
    expect(pulled.map(({ warnings }) => warnings)).toEqual([
      ['ada/digits@1.0.0 was withdrawn'],
      ['ada/digits@1.0.0 was withdrawn'],
    ]);
    const lock = await readLock(lockFile);
    expect(pulled.map(({ digest }) => digest)).toEqual(Object.values(lock!).map(({ digest }) => digest));
    await expect(pull('ada/digits/0')).rejects.toMatchObject({ code: 'VERSION_YANKED' });
  });

  it('does not name a folder outside', async () => {
    await pull('ada/digits', {
      lockFile: join(home, 'project', 'moda.lock'),
      folder: join(home, 'elsewhere'),
    }).catch(() => undefined);
    await pull('ada/digits', { folder: join(tmpdir(), `moda-outside-${process.pid}`) });
    await rm(join(tmpdir(), `moda-outside-${process.pid}`), { recursive: true });
    expect((await readLock(lockFile))!['ada/digits']!.folder).toBeUndefined();
  });
});

describe('a frozen lock', () => {
  it('gives what it names and stays as it is', async () => {
    await pull('ada/digits');
    await publish('2.0.0');
    const [pulled] = await pull('ada/digits', { frozen: true });
    expect(pulled?.resolved).toBe('ada/digits@1.0.0');
  });

  it('refuses all that would change it', async () => {
    await pull('ada/digits/1', { tau: 0.5 });
    await expect(pull('ada/digits/0', { frozen: true })).rejects.toMatchObject({ code: 'LOCK_DIFFERS' });
    await expect(pull('ada/digits/1', { frozen: true, tau: 0.6 })).rejects.toThrow(
      'at the threshold 0.5, not 0.6',
    );
  });
});

describe('a lock file that cannot be used', () => {
  it('is missing, or empty, where nothing is named', async () => {
    await expect(pull()).rejects.toThrow(`There is no lock file ${lockFile}; name what to pull`);
    await writeFile(lockFile, '{"formatVersion":1,"packages":{}}');
    await expect(pull()).rejects.toThrow('Nothing is locked in');
  });

  it.each([
    ['{', 'is not valid JSON'],
    ['{"formatVersion":2,"packages":{}}', 'is wrong at formatVersion'],
    [locked({ digest: 'sha256:0' }), 'is no sha256 digest'],
    ...['../elsewhere', '/etc', 'a/../../b', 'C:\\x', 'a//b', '.'].map((folder) => [
      locked({ folder }),
      'leads out of the folder of the lock file',
    ]),
  ])('%s', async (text, reason) => {
    await writeFile(lockFile, text!);
    await expect(pull('ada/digits')).rejects.toMatchObject({
      code: 'LOCK_INVALID',
      message: expect.stringContaining(reason!) as unknown,
    });
  });
});

describe('the folder for a reference', () => {
  it.each([
    ['ada/digits@1.0.0', 'digits'],
    ['ada/digits/3,traffic light@champion', 'digits-3-traffic_light'],
    ['ada/digits/..%2F..%2Fetc', 'digits-.._.._etc'],
  ])('%s is %s', (reference, name) => expect(folderNameOf(parseReference(reference))).toBe(name));

  it('stays short', () => {
    const classes = Array.from({ length: 100 }, (_, i) => `class${i}`).join(',');
    expect(folderNameOf(parseReference(`ada/digits/${classes}`)).length).toBeLessThan(30);
  });
});

function locked(changes: object): string {
  const digest = `sha256:${'0'.repeat(64)}`;
  const entry = {
    resolved: 'ada/digits@1.0.0',
    digest,
    files: [{ path: 'a', digest, sizeBytes: 1 }],
    ...changes,
  };
  return JSON.stringify({ formatVersion: 1, packages: { 'ada/digits': entry } });
}
