export type Alignment = 'left' | 'right' | 'center';

const rules: Readonly<Record<Alignment, string>> = { left: ':---', right: '---:', center: ':---:' };

/**
 * A table in GitHub's Markdown. Cells are text as it should be read: what would end a cell or begin markup is escaped.
 *
 * @param alignment one per column; the first column is aligned left and the others right when absent
 */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly Alignment[] = headers.map((_, i) => (i === 0 ? 'left' : 'right')),
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |\n`;
  const rule = `| ${headers.map((_, i) => rules[alignment[i] ?? 'left']).join(' | ')} |\n`;
  // A short row would shift nothing, but an editor would show it as broken.
  const padded = rows.map((row) => headers.map((_, i) => row[i] ?? ''));
  return line(headers) + rule + padded.map(line).join('');
}

function escape(cell: string): string {
  return cell
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|]/g, (mark) => `\\${mark}`);
}
