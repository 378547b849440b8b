const GOLDEN_RATIO = 0x9e3779b1;
const utf8 = new TextEncoder();

/** FNV-1a of the UTF-8 bytes of `text`, an unsigned 32-bit integer. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3 on 32 bits; takes and returns an unsigned integer. */
export function fmix32(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The hash of element `index` of the sequence that starts at `seed` = fnv1a32(name). */
export function elementHash(seed: number, index: number): number {
  return fmix32((seed + Math.imul(index, GOLDEN_RATIO)) | 0);
}
