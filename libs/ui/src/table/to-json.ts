import type { ExportedCell, ExportedTable } from './exported-table.js';

/** A JSON array with one object a row; numbers are numbers, and what is not there (or is no number) is null. */
export function toJson<Row>({ columns, rows }: ExportedTable<Row>): string {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, value }): [string, ExportedCell] => [name, value(row)])),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}
