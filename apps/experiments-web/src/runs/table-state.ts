import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { runStates } from '@moda/contracts';

/** What the run table shows, as it stands in the address: `/?q=vgg&state=running,failed&sort=-accuracy&group=true`. */
export const tableParsers = {
  /** Part of the name, the experiment, a tag or the id. */
  q: parseAsString.withDefault(''),
  state: parseAsArrayOf(parseAsStringLiteral(runStates)).withDefault([]),
  experiment: parseAsString.withDefault(''),
  network: parseAsString.withDefault(''),
  dataset: parseAsString.withDefault(''),
  method: parseAsString.withDefault(''),
  what: parseAsString.withDefault(''),
  tag: parseAsString.withDefault(''),
  archived: parseAsStringLiteral(['no', 'yes', 'any'] as const).withDefault('no'),
  /** Key of a column; a minus before it turns the order around. */
  sort: parseAsString.withDefault('-created'),
  /** Runs that differ in nothing but their seed stand together. */
  group: parseAsBoolean.withDefault(false),
  /** Groups that are open, by the id of their newest run. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
  /** Columns that are shown; the usual ones where none are named. */
  columns: parseAsArrayOf(parseAsString).withDefault([]),
  /** Ids of selected runs. */
  selected: parseAsArrayOf(parseAsString).withDefault([]),
};

/** The part of the table's state that says which runs are shown. */
export interface RunFilter {
  readonly q: string;
  readonly state: readonly string[];
  readonly experiment: string;
  readonly network: string;
  readonly dataset: string;
  readonly method: string;
  readonly what: string;
  readonly tag: string;
  readonly archived: 'no' | 'yes' | 'any';
}

export const emptyFilter: RunFilter = {
  q: '',
  state: [],
  experiment: '',
  network: '',
  dataset: '',
  method: '',
  what: '',
  tag: '',
  archived: 'no',
};
