import type { ExportedCell, ExportedTable } from './exported-table.js';

/** A spreadsheet reads a cell that begins so as a formula and runs it. */
const formulaStart = /^[=+\-@\t\r\n]/;

/**
 * Comma-separated values as RFC 4180 has them: CRLF between lines, quotes doubled. Text that a spreadsheet would run gets an
 * apostrophe in front; numbers stay numbers.
 */
export function toCsv<Row>({ columns, rows }: ExportedTable<Row>): string {
  const lines = [
    columns.map(({ name }) => csvCell(name)),
    ...rows.map((row) => columns.map(({ value }) => csvCell(value(row)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function csvCell(value: ExportedCell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
