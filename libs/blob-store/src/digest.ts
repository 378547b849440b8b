import { createHash } from 'node:crypto';
import { ModaError } from '@moda/contracts';

/** The name of a blob: `sha256:` and 64 lower-case hexadecimal digits of the SHA-256 (FIPS 180-4) of its bytes. */
export type Digest = `sha256:${string}`;

const scheme = 'sha256:';
const digestPattern = /^sha256:[0-9a-f]{64}$/;
const prefixPattern = /^(?:sha256:[0-9a-f]{0,64})?$/;
const hexPattern = /^[0-9a-f]{64}$/;

/** The digest of bytes that are at hand. */
export function digestOf(bytes: Uint8Array): Digest {
  return digestFromHex(createHash('sha256').update(bytes).digest('hex'));
}

export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/**
 * Takes a text from outside as a digest. Places on disk and keys are made from what comes out of here and from nothing else,
 * so that no `..` or `/` can reach them.
 * @throws ModaError BLOB_DIGEST_INVALID
 */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new ModaError(
    'BLOB_DIGEST_INVALID',
    `${quoted(text)} is no digest; a digest is sha256: and 64 lower-case hexadecimal digits.`,
    { digest: text },
  );
}

/**
 * The hexadecimal part of the beginning of a digest: `''` for `''` and for `sha256:`.
 * @throws ModaError BLOB_DIGEST_INVALID
 */
export function parseDigestPrefix(text: string): string {
  if (prefixPattern.test(text)) return text.slice(scheme.length);
  throw new ModaError(
    'BLOB_DIGEST_INVALID',
    `${quoted(text)} begins no digest; give sha256: and up to 64 lower-case hexadecimal digits.`,
    { prefix: text },
  );
}

/** The 64 digits alone. */
export function hexOf(digest: Digest): string {
  return digest.slice(scheme.length);
}

export function digestFromHex(hex: string): Digest {
  return `${scheme}${hex}`;
}

/** Whether a file name or the end of a key is the hexadecimal part of a digest. */
export function isDigestHex(text: string): boolean {
  return hexPattern.test(text);
}

/** At most 100 characters of a text from outside, so that a message stays one sentence. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
