import { type Column, formatCell, type Table } from './table.js';

const gap = '  ';

/** A table for the screen: text to the left, figures to the right, units in the headings, no line too many. */
export function drawTable({ columns, rows }: Table): string {
  const head = columns.map(heading);
  const body = rows.map((row) => columns.map(({ kind }, i) => formatCell(row[i] ?? null, kind)));
  const widths = head.map((title, i) => Math.max(title.length, ...body.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        columns[i]?.kind === 'text' ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join(gap)
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join(gap), ...body.map(line)].join('\n');
}

function heading({ title, kind, unitElsewhere }: Column): string {
  if (unitElsewhere) return title;
  if (kind === 'share') return `${title} %`;
  return kind === 'seconds' ? `${title} s` : title;
}
