import { ed25519 } from '@noble/curves/ed25519.js';

/** Bytes of a signature: the point R and the scalar S. */
export const signatureBytes = 64;

/** Ed25519 of RFC 8032, section 5.1.6: deterministic. `seed` has 32 bytes, the result 64. */
export function sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

/** RFC 8032, section 5.1.7: each number in its one encoding, so that no second signature can be made from a first. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
