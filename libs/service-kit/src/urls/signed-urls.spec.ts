import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSignedUrls } from './signed-urls.js';
import { readSecretFile } from './secret-file.js';

const start = new Date('2026-03-01T12:00:00Z');
const path = `/blobs/sha256:${'ab'.repeat(32)}`;

async function openAt(now = { value: start }, secret = Buffer.alloc(32, 1)) {
  return openSignedUrls({ secret, publicUrl: 'http://127.0.0.1:4002/', clock: () => now.value });
}

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

describe('a signed address', () => {
  it('is open until it expires, and not a second longer', async () => {
    const now = { value: start };
    const urls = await openAt(now);
    const url = urls.sign(path, new Date('2026-03-01T13:00:00Z'));
    expect(url.startsWith(`http://127.0.0.1:4002${path}?expires=1772370000&signature=`)).toBe(true);
    now.value = new Date('2026-03-01T12:59:59.999Z');
    expect(urls.check(path, queryOf(url))).toEqual({ kind: 'ok' });
    now.value = new Date('2026-03-01T13:00:00Z');
    expect(urls.check(path, queryOf(url))).toMatchObject({
      kind: 'problem',
      code: 'URL_EXPIRED',
      details: { expiredAt: '2026-03-01T13:00:00.000Z' },
    });
  });

  it('opens nothing else: not another path, not a later time, not the service with another secret', async () => {
    const urls = await openAt();
    const query = queryOf(urls.sign(path, new Date('2026-03-01T13:00:00Z')));
    const other = await openAt({ value: start }, Buffer.alloc(32, 2));
    for (const refused of [
      urls.check(path.replace('ab', 'ac'), query),
      urls.check(path, { ...query, expires: '1772370001' }),
      urls.check(path, { ...query, expires: `0${query['expires']}` }),
      other.check(path, query),
    ])
      expect(refused).toMatchObject({ code: 'URL_SIGNATURE_WRONG' });
  });

  it('is wrong with any signature that was not made for it', async () => {
    const urls = await openAt();
    const query = queryOf(urls.sign(path, new Date('2026-03-01T13:00:00Z')));
    const anything = fc.oneof(fc.string(), fc.constant(undefined), fc.array(fc.string()), fc.integer());
    fc.assert(
      fc.property(anything, anything, (expires, signature) => {
        expect(urls.check(path, { expires, signature })).toMatchObject({ code: 'URL_SIGNATURE_WRONG' });
        expect(urls.check(path, { ...query, signature })).toMatchObject({ code: 'URL_SIGNATURE_WRONG' });
      }),
    );
  });
});

describe('a sealed text', () => {
  it('can be read back, and nothing else can', async () => {
    const urls = await openAt();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, junk) => {
        const sealed = urls.seal(text);
        expect(urls.unseal(sealed)).toBe(text);
        expect(urls.unseal(junk)).toBeUndefined();
        expect(urls.unseal(`${sealed}.${junk}`)).toBeUndefined();
      }),
    );
  });

  it('is no signature of an address', async () => {
    const urls = await openAt();
    const expires = '1772370000';
    const [, signature = ''] = urls.seal(`${path}\n${expires}`).split('.');
    const hex = Buffer.from(signature, 'base64url').toString('hex');
    expect(urls.check(path, { expires, signature: hex })).toMatchObject({ code: 'URL_SIGNATURE_WRONG' });
  });
});

describe('the file of the secret', () => {
  const inFolder = async (work: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'moda-secret-'));
    try {
      await work(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it('is made once, for its owner only, by however many processes start at once', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'service', 'url-secret');
      const secrets = await Promise.all(Array.from({ length: 8 }, () => readSecretFile(file)));
      expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
      expect(secrets[0]).toHaveLength(32);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readdir(join(folder, 'service'))).toEqual(['url-secret']);
    }));

  it('that holds something else is refused, and not replaced', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'url-secret');
      await writeFile(file, 'password');
      await expect(readSecretFile(file)).rejects.toMatchObject({
        code: 'SECRET_INVALID',
        message: `The secret in ${file} is not 64 hexadecimal digits; remove the file to get a new one, which ends all addresses given out.`,
      });
    }));
});
