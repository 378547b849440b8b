import { createCipheriv, createHash } from 'node:crypto';

/** Bytes without a pattern, the same for the same name. */
export function patternedBytes(sizeBytes: number, name: string): Buffer {
  const key = createHash('sha256').update(name).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}
