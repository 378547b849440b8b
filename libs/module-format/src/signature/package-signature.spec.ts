import { createPublicKey, createPrivateKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePackage, serialisePackage } from '../package/package.js';
import { arbitraryPackages, cutPackage, wholePackage } from '../package/testing.js';
import { parseSignature, signPackage, verifyPackage } from './package-signature.js';
import { createSigningKey, parseSigningKey } from './signing-key.js';

/** Fixed, so that a failure can be repeated: the key of test 1 of RFC 8032. */
const key = parseSigningKey({
  keyId: '21fe31dfa154a261',
  publicKey: 'ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  privateKey: 'ed25519-private:nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=',
});
const trusted = [{ publicKey: key.publicKey, name: 'the house' }];
const signature = signPackage(wholePackage, key);
const bytes = Buffer.from(signature.signature, 'base64');

describe('a signature', () => {
  it('is trusted where its key is', () => {
    expect(verifyPackage(wholePackage, signature, trusted)).toEqual({
      state: 'trusted',
      keyId: key.keyId,
      name: 'the house',
    });
    expect(verifyPackage(wholePackage, signature, [{ publicKey: key.publicKey }])).toEqual({
      state: 'trusted',
      keyId: key.keyId,
    });
  });

  it('is one of nobody known where its key is not', () => {
    const others = [{ publicKey: createSigningKey().publicKey }];
    expect(verifyPackage(wholePackage, signature, [])).toEqual({ state: 'unknownKey', keyId: key.keyId });
    expect(verifyPackage(wholePackage, signature, others)).toEqual({ state: 'unknownKey', keyId: key.keyId });
  });

  it('may be missing, which is a state of its own', () => {
    expect(verifyPackage(wholePackage, undefined, trusted)).toEqual({ state: 'unsigned' });
  });

  it('is wrong under the name of another trusted key, or over another package', () => {
    const other = createSigningKey();
    const both = [...trusted, { publicKey: other.publicKey }];
    const renamed = { ...signature, keyId: other.keyId };
    expect(verifyPackage(wholePackage, renamed, both)).toEqual({ state: 'wrong', keyId: other.keyId });
    expect(verifyPackage(cutPackage, signature, both)).toEqual({ state: 'wrong', keyId: key.keyId });
  });

  it('is the same however the files are ordered, and every time', () => {
    const shuffled = { ...wholePackage, files: [...wholePackage.files].reverse() };
    expect(signPackage(shuffled, key)).toEqual(signature);
  });

  it('is wrong wherever one of its bytes changes', () => {
    for (let position = 0; position < bytes.length; position += 1) {
      const changed = Buffer.from(bytes);
      changed[position]! ^= 1 << (position % 8);
      const forged = { ...signature, signature: changed.toString('base64') };
      expect(verifyPackage(wholePackage, forged, trusted)).toEqual({ state: 'wrong', keyId: key.keyId });
    }
  });

  it('is wrong with its scalar in a second encoding', () => {
    // S + L is the same scalar modulo the order L of the base point; RFC 8032 demands S < L.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    const encoded = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse();
    const malleated = Buffer.concat([bytes.subarray(0, 32), encoded]).toString('base64');
    expect(verifyPackage(wholePackage, { ...signature, signature: malleated }, trusted).state).toBe('wrong');
  });

  it('is refused or wrong wherever one byte of the manifest changes', () => {
    const text = serialisePackage(cutPackage);
    const signed = signPackage(cutPackage, key);
    let wrong = 0;
    let refused = 0;
    for (let position = 0; position < text.length; position += 1) {
      const changed = String.fromCharCode(text.charCodeAt(position) ^ (1 << (position % 7)));
      const forged = text.slice(0, position) + changed + text.slice(position + 1);
      try {
        expect(verifyPackage(parsePackage(forged), signed, trusted).state).toBe('wrong');
        wrong += 1;
      } catch (error) {
        if (!isModaError(error)) throw error;
        refused += 1;
      }
    }
    expect(wrong).toBeGreaterThan(50);
    expect(wrong + refused).toBe(text.length);
  });

  it('fits one package only, whatever the packages', () => {
    fc.assert(
      fc.property(arbitraryPackages, arbitraryPackages, (one, other) => {
        const signed = signPackage(one, key);
        expect(verifyPackage(one, signed, trusted).state).toBe('trusted');
        const same = serialisePackage(one) === serialisePackage(other);
        expect(verifyPackage(other, signed, trusted).state).toBe(same ? 'trusted' : 'wrong');
      }),
      { numRuns: 30 },
    );
  });

  it('is what any Ed25519 program makes and checks: Node agrees both ways', () => {
    const message = Buffer.from(`moda-package-v1\n${serialisePackage(wholePackage)}`);
    // The keys in DER (RFC 8410): a fixed prefix before the 32 bytes.
    const der = (prefix: string, text: string) =>
      Buffer.concat([Buffer.from(prefix, 'hex'), Buffer.from(text.split(':')[1]!, 'base64')]);
    const own = createSigningKey();
    const publicKey = createPublicKey({
      key: der('302a300506032b6570032100', own.publicKey),
      format: 'der',
      type: 'spki',
    });
    const privateKey = createPrivateKey({
      key: der('302e020100300506032b657004220420', own.privateKey),
      format: 'der',
      type: 'pkcs8',
    });
    const ours = signPackage(wholePackage, own);
    expect(nodeVerify(null, message, publicKey, Buffer.from(ours.signature, 'base64'))).toBe(true);
    expect(nodeSign(null, message, privateKey).toString('base64')).toBe(ours.signature);
  });
});

describe('a signature from outside', () => {
  it('is taken as it was written', () => {
    expect(parseSignature(JSON.parse(JSON.stringify(signature)))).toEqual(signature);
  });

  it.each<[string, unknown, RegExp]>([
    ['null', null, /^is wrong at its top level: /],
    ['another algorithm', { ...signature, algorithm: 'none' }, /^is wrong at algorithm: /],
    ['an unknown field', { ...signature, note: '' }, /^is wrong at its top level: .*"note"/],
    [
      'a long id',
      { ...signature, keyId: 'a'.repeat(17) },
      /^is wrong at keyId: is not of 16 hexadecimal digits\.$/,
    ],
    ['an id in capitals', { ...signature, keyId: 'A'.repeat(16) }, /^is wrong at keyId: /],
    [
      '63 bytes',
      { ...signature, signature: bytes.subarray(1).toString('base64') },
      /^is wrong at signature: is not the base64 of 64 bytes\.$/,
    ],
    [
      'a second text of the same bytes',
      { ...signature, signature: `${signature.signature}\n` },
      /^is wrong at signature/,
    ],
  ])('with %s is refused in one sentence', (_, json, fact) => {
    const start = 'The signature of the package ';
    const message = refusal(() => parseSignature(json));
    expect(message.startsWith(start)).toBe(true);
    expect(message.slice(start.length)).toMatch(fact);
  });

  it('is not checked before it is read', () => {
    const short = { ...signature, signature: 'AAAA' };
    expect(refusal(() => verifyPackage(wholePackage, short, trusted))).toBe(
      'The signature of the package is wrong at signature: is not the base64 of 64 bytes.',
    );
  });
});

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!isModaError(error)) throw error;
    expect(error.code).toBe('SIGNATURE_INVALID');
    return error.message;
  }
  return 'accepted';
}
