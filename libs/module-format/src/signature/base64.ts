/** Standard base64 (RFC 4648, section 4) with padding. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * The `length` bytes that `text` stands for, or undefined. Bytes have one text only: what `atob` reads beyond that (spaces,
 * missing padding, stray bits in the last character) is not taken.
 */
export function fromBase64(text: string, length: number): Uint8Array | undefined {
  if (text.length !== Math.ceil(length / 3) * 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  let decoded: string;
  try {
    decoded = atob(text);
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(decoded, (character) => character.charCodeAt(0));
  return bytes.length === length && toBase64(bytes) === text ? bytes : undefined;
}
