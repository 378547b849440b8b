import { parseAsArrayOf, parseAsBoolean, parseAsString } from 'nuqs/server';

/** As many runs as can be told apart in one chart. */
export const maxCompared = 20;

/** What is compared, as it stands in the address: `/compare?runs=a,b,c&hidden=b&all=true`. */
export const compareParsers = {
  /** Ids, in the order of their colours. */
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** Ids of runs whose curves are switched off. */
  hidden: parseAsArrayOf(parseAsString).withDefault([]),
  /** Every setting, not only those that differ. */
  all: parseAsBoolean.withDefault(false),
  /** Metrics whose charts are shown; all where none are named. */
  metrics: parseAsArrayOf(parseAsString).withDefault([]),
};
