import { sha256 } from '@moda/module-format';

/** The name of bytes, `sha256:…`: by the browser, which is quick, or by our own code where a page has no right to the browser's. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle;
  if (subtle === undefined) return sha256(bytes);
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes.slice()));
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
