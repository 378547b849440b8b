import { drawTable } from './draw-table.js';

/** A table whose cells are already text, figures to the right of the first column. */
export function drawTextTable(table: {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string {
  return drawTable({
    columns: table.headers.map((title, i) => ({ name: title, title, kind: i === 0 ? 'text' : 'count' })),
    rows: table.rows,
  });
}
