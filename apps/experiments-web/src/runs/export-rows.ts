import type { ExportedColumn } from '@moda/ui';
import type { RunColumn } from './run-columns';
import type { TableRow } from './table-rows';

/** The columns of an exported table: what is shown, as numbers and plain texts; of groups with mean, deviation and n apart. */
export function exportColumns(
  columns: readonly RunColumn[],
  grouped: boolean,
): readonly ExportedColumn<TableRow>[] {
  return columns.flatMap((column): readonly ExportedColumn<TableRow>[] => {
    const name = column.unit === undefined ? column.header : `${column.header} (${column.unit})`;
    if (!grouped) return [{ name, value: (row) => valueOf(column, row) }];
    if (column.key === 'accuracy' || column.key === 'seconds') {
      const { key } = column;
      const part = (row: TableRow, of: 'mean' | 'deviation') =>
        row.kind === 'group' ? (row.group[key]?.[of] ?? null) : of === 'mean' ? column.value(row.run) : null;
      return [
        { name: `${name}, mean`, value: (row) => part(row, 'mean') },
        { name: `${name}, deviation`, value: (row) => part(row, 'deviation') },
        { name: `${name}, n`, value: (row) => countOf(column, row) },
      ];
    }
    return [{ name, value: (row) => valueOf(column, row) }];
  });
}

function countOf({ key, value }: RunColumn, row: TableRow): number {
  if (row.kind === 'run') return value(row.run) === null ? 0 : 1;
  return row.group[key === 'accuracy' ? 'accuracy' : 'seconds']?.n ?? 0;
}

function valueOf({ value }: RunColumn, row: TableRow): string | number | null {
  if (row.kind === 'run') return value(row.run);
  return sharedValue(row.group.runs.map(value)) ?? null;
}

/** What all have in common; undefined where they differ. */
export function sharedValue<Value>(values: readonly Value[]): Value | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}
