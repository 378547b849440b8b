import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsDigest, isTokenLike, newToken, readToken, secretDigest, writeToken } from './token-text.js';

describe('the text of a personal access token', () => {
  it('says which it is and that it is', () => {
    for (let i = 0; i < 100; i += 1) {
      const token = newToken();
      const text = writeToken(token);
      expect(text).toMatch(/^moda_pat_[0-9a-f]{24}_[\w-]{43}$/);
      expect(readToken(text)).toEqual(token);
    }
    expect(new Set(Array.from({ length: 100 }, () => newToken().secret)).size).toBe(100);
  });

  it('is nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => readToken(text) === undefined));
    const text = writeToken(newToken());
    for (const wrong of [
      text.slice(0, -1),
      `${text}x`,
      ` ${text}`,
      text.toUpperCase(),
      text.replace('pat', 'cat'),
    ])
      expect(readToken(wrong)).toBeUndefined();
    expect(isTokenLike('moda_pat_rubbish')).toBe(true);
  });
});

describe('what is kept of a secret', () => {
  it('fits it and no other', () => {
    const [one, other] = [newToken().secret, newToken().secret];
    expect(fitsDigest(one, secretDigest(one))).toBe(true);
    expect(fitsDigest(other, secretDigest(one))).toBe(false);
    expect(fitsDigest(one, '')).toBe(false);
  });

  it('does not give it away', () => {
    const { secret } = newToken();
    expect(secretDigest(secret)).toMatch(/^[0-9a-f]{64}$/);
    expect(secretDigest(secret)).not.toContain(secret);
  });
});
