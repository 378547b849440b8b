import { createHash } from 'node:crypto';
import { isModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { createSigningKey, keyIdOf, parseSigningKey } from './signing-key.js';

const key = createSigningKey();

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!isModaError(error)) throw error;
    expect(error.code).toBe('SIGNING_KEY_INVALID');
    return error.message;
  }
  return 'accepted';
}

describe('a signing key', () => {
  it('is new every time and is read back from JSON', () => {
    expect(createSigningKey()).not.toEqual(key);
    expect(parseSigningKey(JSON.parse(JSON.stringify(key)))).toEqual(key);
  });

  it('is named by the beginning of the digest of its public key', () => {
    const bytes = Buffer.from(key.publicKey.slice('ed25519:'.length), 'base64');
    expect(bytes).toHaveLength(32);
    expect(key.keyId).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 16));
    expect(keyIdOf(key.publicKey)).toBe(key.keyId);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['a missing part', { ...key, privateKey: undefined }],
    ['an unknown field', { ...key, passphrase: 'x' }],
    ["another key's public part", { ...key, publicKey: createSigningKey().publicKey }],
    ['another id', { ...key, keyId: '0'.repeat(16) }],
    ['a private key cut short', { ...key, privateKey: key.privateKey.slice(0, -4) }],
    [
      'a private key without its scheme',
      { ...key, privateKey: key.privateKey.slice('ed25519-private:'.length) },
    ],
  ])('is refused with %s, and the sentence does not show the private key', (_, json) => {
    const message = refusal(() => parseSigningKey(json));
    expect(message).toMatch(/signing key/);
    expect(message).not.toContain(key.privateKey.slice('ed25519-private:'.length, -4));
  });
});

describe('a public key', () => {
  const publicKey = (bytes: Uint8Array) => `ed25519:${Buffer.from(bytes).toString('base64')}`;

  it.each<[string, string]>([
    ['no scheme', key.publicKey.slice('ed25519:'.length)],
    ['another scheme', key.publicKey.replace('ed25519', 'rsa')],
    ['31 bytes', publicKey(new Uint8Array(31).fill(1))],
    ['no point of the curve', publicKey(Uint8Array.of(2, ...new Uint8Array(31)))],
    ['the neutral point, under which anyone can sign', publicKey(Uint8Array.of(1, ...new Uint8Array(31)))],
    ['a point of order 4', publicKey(new Uint8Array(32))],
  ])('of %s is refused', (_, text) => {
    expect(refusal(() => keyIdOf(text))).toBe(
      'A trusted key is not of the form ed25519:<base64 of the 32 bytes of an Ed25519 public key>.',
    );
  });
});
