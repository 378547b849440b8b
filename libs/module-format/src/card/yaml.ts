import type { Json } from '../manifest/json.js';

/**
 * A JSON value as block-style YAML, one line per scalar, each line indented by `indent` spaces. Strings and keys that are
 * not plain words are written as JSON strings, which YAML reads alike, so no text from outside can break out of its place.
 */
export function toYaml(value: { readonly [key: string]: Json }, indent = 0): string {
  const margin = ' '.repeat(indent);
  return Object.entries(value)
    .map(([key, entry]) => `${margin}${scalar(key)}:${nested(entry, indent)}`)
    .join('');
}

function nested(value: Json, indent: number): string {
  if (isList(value)) {
    if (value.length === 0) return ' []\n';
    const margin = ' '.repeat(indent);
    return `\n${value.map((entry) => `${margin}-${item(entry, indent)}`).join('')}`;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? ' {}\n' : `\n${toYaml(value, indent + 2)}`;
  }
  return ` ${scalar(value)}\n`;
}

/** An item of a list: an object begins on the line of its dash. */
function item(value: Json, indent: number): string {
  if (typeof value === 'object' && value !== null && !isList(value) && Object.keys(value).length > 0) {
    return ` ${toYaml(value, indent + 2).trimStart()}`;
  }
  return nested(value, indent + 2);
}

function scalar(value: null | boolean | number | string): string {
  return typeof value === 'string' && isPlain(value)
    ? value
    : JSON.stringify(value).replace(yamlBreak, escaped);
}

/** What JSON leaves as it is in a string, but YAML takes for a line break or refuses. */
const yamlBreak = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Words that YAML 1.1 or 1.2 would read as something other than a string. */
const reserved = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

function isPlain(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_.-]*$/.test(text) && !reserved.has(text.toLowerCase());
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
