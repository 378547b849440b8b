import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigningKey } from '@moda/module-format';
import { openTrust } from './trust.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('trust', () => {
  it('begins with a key of its own, for its owner only, and stays with it', async () => {
    const keys = join(folder, 'keys');
    const first = await openTrust({ folder: keys });
    expect(first).toMatchObject({ allowUnsigned: false });
    expect(first.trusted.map(({ publicKey }) => publicKey)).toEqual([first.own.publicKey]);
    expect((await stat(join(keys, 'signing-key.json'))).mode & 0o777).toBe(0o600);
    expect((await openTrust({ folder: keys })).own).toEqual(first.own);
  });

  it('takes keys and files from where it is told', async () => {
    const [own, friend] = [createSigningKey(), createSigningKey()];
    const signingKeyFile = join(folder, 'own.json');
    const trustedKeysFile = join(folder, 'friends.json');
    await writeFile(signingKeyFile, JSON.stringify(own));
    await writeFile(
      trustedKeysFile,
      JSON.stringify({ keys: [{ publicKey: friend.publicKey, name: 'bea' }] }),
    );
    const trust = await openTrust({ folder, signingKeyFile, trustedKeysFile, allowUnsigned: true });
    expect(trust.own).toEqual(own);
    expect(trust.allowUnsigned).toBe(true);
    expect(trust.trusted.map(({ publicKey }) => publicKey)).toEqual([own.publicKey, friend.publicKey]);
  });

  it('refuses a file of keys that is none', async () => {
    await writeFile(join(folder, 'trusted-keys.json'), '[]');
    await expect(openTrust({ folder })).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  });
});
