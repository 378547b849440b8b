import { invalid, quoted } from './invalid.js';

/** Where the format keeps free strings about the file. */
export const metadataKey = '__metadata__';

/** Half of a surrogate pair has no UTF-8 form: such a name would change when it is written. */
const loneSurrogate = /\p{Surrogate}/u;

/** Throws `SAFETENSORS_INVALID` for a name that is no text or that is a trap for programs that keep names as properties. */
export function checkName(name: string, what: string): void {
  if (loneSurrogate.test(name)) throw invalid(`The ${what} ${quoted(name)} is not valid Unicode`);
  if (name === '__proto__') throw invalid(`The ${what} "__proto__" is not allowed`);
}

/** Throws `SAFETENSORS_INVALID` for a metadata pair that the format cannot hold. */
export function checkMetadata(key: string, value: unknown): asserts value is string {
  checkName(key, 'metadata key');
  if (typeof value !== 'string') throw invalid(`The metadata value of ${quoted(key)} is not a string`);
  if (loneSurrogate.test(value)) throw invalid(`The metadata value of ${quoted(key)} is not valid Unicode`);
}
