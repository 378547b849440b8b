import { createLoader, createSerializer, type inferParserType, parseAsString } from 'nuqs/server';
import { tableParsers } from './table-state';

/** Longer addresses are cut off by some programs that pass them on (characters). */
export const maxAddress = 2_000;

/** The run table's state, or the name under which this browser keeps it. */
export const addressParsers = {
  ...tableParsers,
  /** Name of a kept view; whatever else stands in the address does not count then. */
  view: parseAsString.withDefault(''),
};

export type TableState = inferParserType<typeof tableParsers>;

/** Of each part what it becomes; null is as usual. */
export type TableChange = { readonly [Key in keyof TableState]?: TableState[Key] | null };

const load = createLoader(tableParsers);
const serialise = createSerializer(tableParsers);

/** A state as an address has it: `?q=vgg&group=true`; empty where everything is as usual. */
export function writeTable(state: TableChange): string {
  return serialise(state);
}

export function readTable(query: string): TableState {
  return load(query);
}

/** What the address of the table becomes for this state. */
export type Shortened =
  { readonly kind: 'whole' } | { readonly kind: 'named'; readonly name: string; readonly query: string };

/** A state that would make too long an address is kept under a name, the same for the same state: so the way back finds each again. */
export function shortened(state: TableChange): Shortened {
  const query = writeTable(state);
  return query.length <= maxAddress ? { kind: 'whole' } : { kind: 'named', name: nameOf(query), query };
}

/** Two sums of 32 bits over the text (FNV-1a, from either end), as letters and digits. */
function nameOf(text: string): string {
  let [ahead, back] = [0x811c9dc5, 0x811c9dc5];
  for (let at = 0; at < text.length; at += 1) {
    ahead = Math.imul(ahead ^ text.charCodeAt(at), 0x01000193);
    back = Math.imul(back ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return [ahead, back].map((sum) => (sum >>> 0).toString(36)).join('');
}
