import type { RunRowFragment } from '../graphql/generated/operations';
import { type RunColumn, runColumns } from './run-columns';

/** An order of runs as it stands in the address: `accuracy`, `-created`. */
export interface RunSort {
  readonly column: RunColumn;
  readonly descending: boolean;
}

/** The newest first where no column has this name. */
export function readSort(text: string): RunSort {
  const descending = text.startsWith('-');
  const key = descending ? text.slice(1) : text;
  const column = runColumns.find((own) => own.key === key);
  if (column !== undefined) return { column, descending };
  return { column: runColumns.find((own) => own.key === 'created')!, descending: true };
}

/** The order that a click on a column asks for: numbers begin with the highest, another click turns it around. */
export function nextSort(text: string, key: string): string {
  const { column, descending } = readSort(text);
  if (column.key === key) return descending ? key : `-${key}`;
  return runColumns.find((own) => own.key === key)?.numeric === true ? `-${key}` : key;
}

/** Runs without a value stand last either way; runs with the same value stay as they were. */
export function sortRuns(
  rows: readonly RunRowFragment[],
  { column, descending }: RunSort,
): readonly RunRowFragment[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (a.value === b.value) return 0;
      if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value);
      return sign * collator.compare(String(a.value), String(b.value));
    })
    .map(({ row }) => row);
}

const collator = new Intl.Collator('en', { numeric: true });
