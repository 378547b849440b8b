import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { checkFields } from '../manifest/checked-json.js';
import { serialisePackage } from '../package/package.js';
import type { PackageManifest } from '../package/schema.js';
import { fromBase64, toBase64 } from './base64.js';
import { sign, signatureBytes, verify } from './ed25519.js';
import { keyIdOf, privateKeyBytes, publicKeyBytes, type SigningKey } from './signing-key.js';

/** Who vouches for a package. */
export interface PackageSignature {
  readonly algorithm: 'ed25519';
  /** First 16 hexadecimal digits of the SHA-256 of the public key's bytes. */
  readonly keyId: string;
  /** Base64 of the 64 bytes of the signature. */
  readonly signature: string;
}

/** A public key whose signatures count. */
export interface TrustedKey {
  /** `ed25519:<base64>` */
  readonly publicKey: string;
  /** Whose it is, for people. */
  readonly name?: string;
}

/** What a signature is worth to a reader with certain trusted keys. */
export type SignatureState =
  | { readonly state: 'trusted'; readonly keyId: string; readonly name?: string }
  | { readonly state: 'unsigned' }
  /** Made by a key that is not among the trusted: nothing is known about it. */
  | { readonly state: 'unknownKey'; readonly keyId: string }
  /** Names a trusted key, which did not sign this package. */
  | { readonly state: 'wrong'; readonly keyId: string };

const signatureSchema: z.ZodType<PackageSignature> = z.strictObject({
  algorithm: z.literal('ed25519'),
  keyId: z.string().regex(/^[0-9a-f]{16}$/, 'is not of 16 hexadecimal digits'),
  signature: z.string().refine((text) => fromBase64(text, signatureBytes) !== undefined, {
    message: `is not the base64 of ${signatureBytes} bytes`,
  }),
});

/**
 * Takes a signature from outside.
 *
 * @throws ModaError SIGNATURE_INVALID naming the field that is wrong
 */
export function parseSignature(json: unknown): PackageSignature {
  return checkFields(json, signatureSchema, (fact) => {
    return new ModaError('SIGNATURE_INVALID', `The signature of the package ${fact}.`);
  });
}

/** Signs a package; the same package and key give the same signature. */
export function signPackage(manifest: PackageManifest, key: SigningKey): PackageSignature {
  const signature = sign(signedMessage(manifest), privateKeyBytes(key.privateKey));
  return { algorithm: 'ed25519', keyId: key.keyId, signature: toBase64(signature) };
}

/**
 * Says what `signature` is worth for the package. Only `trusted` means that the owner of a trusted key signed this very
 * manifest, and by its digests every byte of its files.
 *
 * @throws ModaError PACKAGE_INVALID, SIGNATURE_INVALID or SIGNING_KEY_INVALID for an argument that is not of its form
 */
export function verifyPackage(
  manifest: PackageManifest,
  signature: PackageSignature | undefined,
  trusted: readonly TrustedKey[],
): SignatureState {
  if (signature === undefined) return { state: 'unsigned' };
  const { keyId, signature: text } = parseSignature(signature);
  // Ids are short: two trusted keys may share one.
  const candidates = trusted.filter(({ publicKey }) => keyIdOf(publicKey) === keyId);
  if (candidates.length === 0) return { state: 'unknownKey', keyId };
  const bytes = fromBase64(text, signatureBytes)!;
  const message = signedMessage(manifest);
  const signer = candidates.find(({ publicKey }) => verify(bytes, message, publicKeyBytes(publicKey)));
  if (signer === undefined) return { state: 'wrong', keyId };
  return { state: 'trusted', keyId, ...(signer.name === undefined ? {} : { name: signer.name }) };
}

/** The prefix keeps a signature of a package from ever being one of something else. */
function signedMessage(manifest: PackageManifest): Uint8Array {
  return new TextEncoder().encode(`moda-package-v1\n${serialisePackage(manifest)}`);
}
