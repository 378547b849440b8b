import type { ExportedTable } from './exported-table.js';

/** A JSON array with one object a row, its fields in the order of the columns; numbers are numbers, and what is not there (or is no number) is null. */
export function toJson<Row>({ columns, rows }: ExportedTable<Row>): string {
  const objects = rows.map((row) => {
    // Not an object of the language, which puts names such as 12345678 first.
    const fields = new Map(columns.map(({ name, value }) => [name, value(row)]));
    const lines = [...fields].map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    return lines.length > 0 ? `  {\n${lines.join(',\n')}\n  }` : '  {}';
  });
  return objects.length > 0 ? `[\n${objects.join(',\n')}\n]\n` : '[]\n';
}
