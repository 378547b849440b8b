/** What a field may hold; `null` is an empty field. */
export type CsvCell = string | number | boolean | null;

/**
 * Rows as CSV (RFC 4180, but lines end in LF): fields are quoted where they hold a comma, a quote, a line break or outer
 * blanks. Numbers keep every digit; a number that is not finite is an empty field.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

function field(cell: CsvCell): string {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
