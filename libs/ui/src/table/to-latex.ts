import type { ExportedCell, ExportedTable } from './exported-table.js';

/** A `tabular` with the rules of booktabs. Columns of numbers stand at the right; every sign that LaTeX reads is escaped. */
export function toLatex<Row>({ columns, rows }: ExportedTable<Row>): string {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const places = columns.map((_, column) =>
    cells.length > 0 && cells.every((line) => line[column] === null || typeof line[column] === 'number')
      ? 'r'
      : 'l',
  );
  const line = (values: readonly string[]) => `  ${values.join(' & ')} \\\\`;
  return [
    `\\begin{tabular}{${places.join('')}}`,
    '  \\toprule',
    line(columns.map(({ name }) => escapeLatex(name))),
    '  \\midrule',
    ...cells.map((values) => line(values.map(latexCell))),
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

function latexCell(value: ExportedCell): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '--';
  return typeof value === 'number' && value < 0 ? `$-$${String(-value)}` : escapeLatex(String(value));
}

const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  τ: '$\\tau$',
  α: '$\\alpha$',
  β: '$\\beta$',
  γ: '$\\gamma$',
  Δ: '$\\Delta$',
  '–': '--',
  '\u00a0': '~',
};

/** Text as LaTeX prints it: one line, nothing of it a command. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\\~^±ταβγΔ–\u00a0]|[&%$#_{}]/g, (sign) => replacements[sign] ?? `\\${sign}`)
    .replace(/\s*[\r\n]+\s*/g, ' ');
}
