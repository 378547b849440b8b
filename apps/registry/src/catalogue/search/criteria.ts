import { and, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { SearchCriteria } from '../catalogue.js';
import { listingKey } from '../schema/listing.js';
import { modules, versions } from '../schema/index.js';
import { prefixQuery, wordsOf } from '../words.js';

/** Where that stands which is asked for. */
export interface Searched {
  /** Whose listing and words are looked at. */
  readonly table: typeof modules | typeof versions;
  /** Number of the publication. */
  readonly publication: PgColumn;
  readonly bytes: PgColumn;
  /** That one class has all of these words. */
  readonly hasClass: (words: readonly string[], query: SQL) => SQL | undefined;
}

export const searchedModules: Searched = {
  table: modules,
  publication: modules.publication,
  bytes: modules.bytes,
  hasClass: (_words, query) => sql`${modules.classWords} @@ ${query}`,
};

export const searchedVersions: Searched = {
  table: versions,
  publication: versions.number,
  bytes: versions.weightsBytes,
  hasClass: (words, query) =>
    and(sql`${versions.classWords} @@ ${query}`, words.length > 1 ? inOneClass(words) : undefined),
};

/** The words of two classes together are in the words of a version, but not in those of one class. */
function inOneClass(words: readonly string[]): SQL {
  const all = and(...words.map((word) => sql`class_key like ${`% ${word}%`}`));
  return sql`exists (select from unnest(${versions.classKeys}) as class_key where ${all})`;
}

/** What holds for everything found; publications after `seen` are not seen. */
export function conditions(criteria: SearchCriteria, searched: Searched, seen: number): SQL | undefined {
  const { table } = searched;
  const { input } = criteria;
  return and(
    visible(criteria, searched, seen),
    same(table.datasetKey, criteria.dataset && listingKey(criteria.dataset)),
    same(table.architectureKey, criteria.architecture && listingKey(criteria.architecture)),
    same(table.licenseKey, criteria.license && listingKey(criteria.license)),
    same(table.owner, criteria.owner),
    same(table.model, criteria.model),
    same(table.inputHeight, input?.height),
    same(table.inputWidth, input?.width),
    same(table.inputChannels, input?.channels),
    atLeast(table.accuracy, criteria.minAccuracy),
    atMost(searched.bytes, criteria.maxBytes),
    atMost(table.flops, criteria.maxFlops),
    atMost(table.parameters, criteria.maxParameters),
    withWords(criteria.className, searched.hasClass),
    withWords(criteria.text, (_words, query) => sql`${table.words} @@ ${query}`),
  );
}

function visible(
  { includeDeprecated, everyVersion }: SearchCriteria,
  { table, publication }: Searched,
  seen: number,
): SQL | undefined {
  const [states, from, until] =
    includeDeprecated === true
      ? [['released', 'deprecated'] as const, table.newestUsableFrom, table.newestUsableUntil]
      : [['released'] as const, table.newestFrom, table.newestUntil];
  return and(
    inArray(table.state, [...states]),
    everyVersion === true ? lte(publication, seen) : and(lte(from, seen), or(isNull(until), gt(until, seen))),
  );
}

const same = (column: PgColumn, value: string | number | undefined): SQL | undefined =>
  value === undefined ? undefined : eq(column, value);

// As a number that may be infinite or broken, which a whole number of the database may not.
const atLeast = (column: PgColumn, bound: number | undefined): SQL | undefined =>
  bound === undefined ? undefined : sql`${column} >= ${bound}::double precision`;
const atMost = (column: PgColumn, bound: number | undefined): SQL | undefined =>
  bound === undefined ? undefined : sql`${column} <= ${bound}::double precision`;

/** Blank text asks for nothing; text without a letter or digit is found nowhere. */
function withWords(
  text: string | undefined,
  condition: (words: readonly string[], query: SQL) => SQL | undefined,
): SQL | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const words = wordsOf(text).slice(0, maxQueryWords);
  const query = prefixQuery(words);
  return query === undefined ? sql`false` : condition(words, sql`${query}::tsquery`);
}

/** More words than this narrow nothing down further. */
const maxQueryWords = 32;
