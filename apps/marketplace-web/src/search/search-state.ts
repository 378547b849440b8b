import {
  type inferParserType,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import type { SearchCriteriaInput } from '../graphql/generated/operations';

export const searchOrders = ['newest', 'smallest', 'fastest', 'mostAccurate', 'mostUsed'] as const;

/** All that a search is, as it stands in the address. */
export const searchParsers = {
  /** A class: whole words and their beginnings. */
  q: parseAsString.withDefault(''),
  /** Words of name, description, data set and architecture. */
  words: parseAsString.withDefault(''),
  dataset: parseAsString,
  architecture: parseAsString,
  license: parseAsString,
  /** Height, width and channels: `32x32x1`. */
  input: parseAsString,
  /** At most so many bytes of weights. */
  bytes: parseAsInteger,
  /** At most so many multiply-adds for one image. */
  flops: parseAsInteger,
  /** At least this share of right answers, 0..1. */
  accuracy: parseAsFloat,
  deprecated: parseAsBoolean.withDefault(false),
  order: parseAsStringLiteral(searchOrders).withDefault('newest'),
  kind: parseAsStringLiteral(['modules', 'models']).withDefault('modules'),
  view: parseAsStringLiteral(['cards', 'rows']).withDefault('cards'),
  /** Only what goes with the cart; left out: as soon as the cart holds something. */
  goes: parseAsStringLiteral(['yes', 'no']),
};

export type SearchState = inferParserType<typeof searchParsers>;

/** What narrows a search down; the rest is how it is shown. */
export const narrowing = [
  'words',
  'dataset',
  'architecture',
  'license',
  'input',
  'bytes',
  'flops',
  'accuracy',
] as const satisfies readonly (keyof SearchState)[];

export interface InputSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** `32x32x1`, as an address and the command line write it. */
export function inputText({ height, width, channels }: InputSize): string {
  return `${height}x${width}x${channels}`;
}

/** @param text height, width and channels with an x between them */
export function readInput(text: string | null): InputSize | undefined {
  const parts = /^(\d{1,5})x(\d{1,5})x(\d{1,3})$/.exec(text ?? '');
  if (parts === null) return undefined;
  return { height: Number(parts[1]), width: Number(parts[2]), channels: Number(parts[3]) };
}

/**
 * What the registry is asked for.
 *
 * @param cartInput the images that the cart's model takes, where only what goes with it is wanted: nothing else can go with it
 */
export function criteriaOf(state: SearchState, cartInput?: InputSize): SearchCriteriaInput {
  const input = readInput(state.input) ?? cartInput;
  const { q, words, dataset, architecture, license, bytes, flops, accuracy } = state;
  return {
    ...(q.trim() !== '' && { className: q.trim() }),
    ...(words.trim() !== '' && { text: words.trim() }),
    ...(dataset !== null && { dataset }),
    ...(architecture !== null && { architecture }),
    ...(license !== null && { license }),
    ...(input !== undefined && { input }),
    ...(bytes !== null && bytes >= 0 && { maxBytes: bytes }),
    ...(flops !== null && flops >= 0 && { maxFlops: flops }),
    ...(accuracy !== null && { minAccuracy: Math.min(Math.max(accuracy, 0), 1) }),
    ...(state.deprecated && { includeDeprecated: true }),
  };
}

/** How many of the facets narrow the search down. */
export function narrowedBy(state: SearchState): number {
  return narrowing.filter((name) => state[name] !== null && state[name] !== '').length;
}

/** The same search on the command line, for a page that finds nothing and for scripts. */
export function searchCommand(state: SearchState): string {
  const { q, words, dataset, architecture, license, input, bytes, flops, accuracy, order } = state;
  const options = [
    ['--dataset', dataset],
    ['--arch', architecture],
    ['--license', license],
    ['--input', input],
    ['--max-bytes', bytes],
    ['--max-flops', flops],
    ['--min-accuracy', accuracy],
    ['--text', words === '' ? null : words],
    ['--order', order === 'newest' ? null : order],
  ] as const;
  return [
    'npx moda search',
    ...(q.trim() === '' ? [] : [quoted(q.trim())]),
    ...options.flatMap(([name, value]) => (value === null ? [] : [`${name} ${quoted(String(value))}`])),
  ].join(' ');
}

/** As one word of a shell. */
function quoted(text: string): string {
  return /^[A-Za-z0-9._/:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
