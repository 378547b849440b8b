import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningKey } from '@moda/module-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, openKeyring, trustKey, withSigningKey } from './keyring.js';

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-keys-'));
  folder = join(home, 'keys');
});
afterEach(() => rm(home, { recursive: true }));

describe('a keyring', () => {
  it('of a new folder has no key and trusts nobody, and reading it makes nothing', async () => {
    expect(await openKeyring(folder)).toMatchObject({
      signingKey: undefined,
      trusted: [],
      allowUnsigned: false,
    });
    await expect(stat(folder)).rejects.toThrow();
  });

  it('makes a key when one is needed, which only its owner can read, and which it then trusts', async () => {
    const { signingKey, signingKeyFile } = await withSigningKey(await openKeyring(folder));
    expect((await stat(signingKeyFile)).mode & 0o777).toBe(0o600);
    const opened = await openKeyring(folder);
    expect(opened.signingKey).toEqual(signingKey);
    expect(opened.trusted).toEqual([{ publicKey: signingKey.publicKey, name: 'this machine' }]);
    expect((await withSigningKey(opened)).signingKey).toEqual(signingKey);
  });

  it('has one key where two programs make one at once', async () => {
    const empty = await openKeyring(folder);
    const made = await Promise.all([1, 2, 3, 4].map(() => withSigningKey(empty)));
    expect(new Set(made.map(({ signingKey }) => signingKey.keyId)).size).toBe(1);
  });

  it('never replaces a key', async () => {
    const empty = await openKeyring(folder);
    await createKey(empty);
    await expect(createKey(empty)).rejects.toMatchObject({ code: 'SIGNING_KEY_EXISTS' });
  });

  it('learns to trust, once for each key', async () => {
    const { publicKey, keyId } = createSigningKey();
    const keyring = await openKeyring(folder);
    expect((await trustKey(keyring, { publicKey })).keyId).toBe(keyId);
    await trustKey(keyring, { publicKey, name: 'Ada' });
    expect((await openKeyring(folder)).trusted).toEqual([{ publicKey, name: 'Ada' }]);
    await expect(trustKey(keyring, { publicKey: 'ed25519:AAAA' })).rejects.toMatchObject({
      code: 'SIGNING_KEY_INVALID',
    });
  });

  it('takes its files from where the environment says', async () => {
    const key = createSigningKey();
    const other = createSigningKey();
    await writeFile(join(home, 'mine'), JSON.stringify(key));
    await writeFile(join(home, 'theirs'), JSON.stringify({ keys: [{ publicKey: other.publicKey }] }));
    const keyring = await openKeyring(folder, {
      MODA_SIGNING_KEY: join(home, 'mine'),
      MODA_TRUSTED_KEYS: join(home, 'theirs'),
      MODA_ALLOW_UNSIGNED: 'true',
    });
    expect(keyring.signingKey).toEqual(key);
    expect(keyring.trusted.map(({ publicKey }) => publicKey)).toEqual([key.publicKey, other.publicKey]);
    expect(keyring.allowUnsigned).toBe(true);
    await expect(openKeyring(folder, { MODA_SIGNING_KEY: join(home, 'absent') })).rejects.toMatchObject({
      code: 'SIGNING_KEY_INVALID',
      message: `The file of keys ${join(home, 'absent')} cannot be read: it does not exist.`,
    });
  });

  it.each([
    ['signing-key.json', '{', 'is not valid JSON'],
    ['signing-key.json', '{}', 'is wrong'],
    ['trusted-keys.json', '[]', 'is wrong: at its top level'],
    [
      'trusted-keys.json',
      '{"keys":[{"publicKey":"ed25519:AAAA"}]}',
      'is wrong: A trusted key is not of the form',
    ],
  ])('names the file that is wrong: %s %s', async (name, text, reason) => {
    await mkdir(folder);
    await writeFile(join(folder, name), text);
    await expect(openKeyring(folder)).rejects.toMatchObject({
      code: 'SIGNING_KEY_INVALID',
      message: expect.stringContaining(`The file of keys ${join(folder, name)} ${reason}`) as unknown,
    });
  });

  it('shows nothing of a private key in a message', async () => {
    const key = createSigningKey();
    await mkdir(folder);
    await writeFile(join(folder, 'signing-key.json'), JSON.stringify({ ...key, keyId: '0' }));
    const message = await openKeyring(folder).catch((error: unknown) => String(error));
    expect(message).not.toContain(key.privateKey.slice(20));
    expect(await readFile(join(folder, 'signing-key.json'), 'utf8')).toContain(key.privateKey);
  });
});
