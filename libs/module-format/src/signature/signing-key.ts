import { ModaError } from '@moda/contracts';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { checkFields } from '../manifest/checked-json.js';
import { sha256 } from '../package/sha256.js';
import { fromBase64, toBase64 } from './base64.js';

/** A pair of Ed25519 keys (RFC 8032). */
export interface SigningKey {
  /** First 16 hexadecimal digits of the SHA-256 of the public key's bytes. */
  readonly keyId: string;
  /** `ed25519:<base64 of 32 bytes>` */
  readonly publicKey: string;
  /** `ed25519-private:<base64 of the 32 bytes of the secret seed>` */
  readonly privateKey: string;
}

const publicScheme = 'ed25519:';
const privateScheme = 'ed25519-private:';
const keyBytes = 32;

/** A new key from the system's random numbers. */
export function createSigningKey(): SigningKey {
  return keyOfSeed(ed25519.utils.randomSecretKey());
}

const signingKeySchema = z.strictObject({ keyId: z.string(), publicKey: z.string(), privateKey: z.string() });

/**
 * Takes a key as it was stored. The messages never show the private key.
 *
 * @throws ModaError SIGNING_KEY_INVALID where a field is wrong or the three do not belong together
 */
export function parseSigningKey(json: unknown): SigningKey {
  const stored = checkFields(json, signingKeySchema, (fact) => invalid(`The signing key ${fact}`));
  const key = keyOfSeed(privateKeyBytes(stored.privateKey));
  if (stored.publicKey !== key.publicKey || stored.keyId !== key.keyId) {
    throw invalid('The public key or the key id of the signing key does not belong to its private key');
  }
  return key;
}

/**
 * The id of a public key `ed25519:<base64>`, as signatures name it.
 *
 * @throws ModaError SIGNING_KEY_INVALID
 */
export function keyIdOf(publicKey: string): string {
  return idOf(publicKeyBytes(publicKey));
}

/** The 32 bytes of `ed25519:<base64>`; throws SIGNING_KEY_INVALID where no sound key is there. */
export function publicKeyBytes(publicKey: string): Uint8Array {
  const bytes = publicKey.startsWith(publicScheme)
    ? fromBase64(publicKey.slice(publicScheme.length), keyBytes)
    : undefined;
  if (bytes && isSoundPoint(bytes)) return bytes;
  throw invalid(
    `A trusted key is not of the form ${publicScheme}<base64 of the 32 bytes of an Ed25519 public key>`,
  );
}

/** The 32 bytes of the seed in `ed25519-private:<base64>`; throws SIGNING_KEY_INVALID. */
export function privateKeyBytes(privateKey: string): Uint8Array {
  const bytes = privateKey.startsWith(privateScheme)
    ? fromBase64(privateKey.slice(privateScheme.length), keyBytes)
    : undefined;
  if (bytes) return bytes;
  throw invalid(`The private key of the signing key is not of the form ${privateScheme}<base64 of 32 bytes>`);
}

function keyOfSeed(seed: Uint8Array): SigningKey {
  const publicBytes = ed25519.getPublicKey(seed);
  return {
    keyId: idOf(publicBytes),
    publicKey: publicScheme + toBase64(publicBytes),
    privateKey: privateScheme + toBase64(seed),
  };
}

function idOf(publicBytes: Uint8Array): string {
  return sha256(publicBytes).slice('sha256:'.length, 'sha256:'.length + 16);
}

/** Whether the bytes are a point of the curve, and none of the eight under which one signature fits many messages. */
function isSoundPoint(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(bytes).isSmallOrder();
  } catch {
    return false;
  }
}

function invalid(fact: string): ModaError {
  return new ModaError('SIGNING_KEY_INVALID', `${fact}.`);
}
