import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const prefix = 'moda_pat_';
const form = /^moda_pat_([0-9a-f]{24})_([\w-]{43})$/;
const idBytes = 12;
const secretBytes = 32;

/** A personal access token, `moda_pat_<id>_<secret>`: the id says which it is, the secret that it is. */
export interface TokenText {
  readonly id: string;
  readonly secret: string;
}

export function newToken(): TokenText {
  return { id: randomBytes(idBytes).toString('hex'), secret: randomBytes(secretBytes).toString('base64url') };
}

export function writeToken({ id, secret }: TokenText): string {
  return `${prefix}${id}_${secret}`;
}

/** Undefined for a text that is none, by its first letters or by the rest. */
export function readToken(text: string): TokenText | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether it means to be one. */
export function isTokenLike(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * What is kept of a secret: SHA-256. A slow hash protects words that people choose, of which there are few; a secret of 256 random bits
 * cannot be found by trying, whatever a try costs.
 */
export function secretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Takes as long for a wrong secret as for the right one. */
export function fitsDigest(secret: string, digest: string): boolean {
  const [given, kept] = [Buffer.from(secretDigest(secret), 'hex'), Buffer.from(digest, 'hex')];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
