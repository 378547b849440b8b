import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** Stands in the header, so that cells are bare numbers: "kB". */
  readonly unit?: string;
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end' | 'center' | 'left' | 'right';
  readonly cell: (row: Row) => ReactNode;
  /** Names the order that the header asks for; without it the column is not sorted by. */
  readonly sortKey?: string;
  /** A CSS length, read by the virtual table: `12rem`. Columns without one share what is left. */
  readonly width?: string;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

/** The order that a press on a header asks for: the other way round where it is sorted by already. */
export function nextSort(sort: Sort | undefined, key: string): Sort {
  return { key, descending: sort?.key === key ? !sort.descending : false };
}

/** What `aria-sort` says of a column. */
export function ariaSort(
  sort: Sort | undefined,
  key: string | undefined,
): 'ascending' | 'descending' | undefined {
  if (key === undefined || sort?.key !== key) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

export function alignClass(align: Column<unknown>['align']): string {
  if (align === 'end' || align === 'right') return 'm-cell--end';
  return align === 'center' ? 'm-cell--center' : '';
}
