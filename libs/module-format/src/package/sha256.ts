import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The name of bytes: `sha256:` and the 64 lower-case hexadecimal digits of their SHA-256 (FIPS 180-4). */
export function sha256(bytes: Uint8Array): string {
  return `sha256:${bytesToHex(hash(bytes))}`;
}

/** The name of a text: of its UTF-8 bytes. */
export function sha256OfText(text: string): string {
  return sha256(new TextEncoder().encode(text));
}
