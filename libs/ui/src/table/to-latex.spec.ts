import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLatex, toLatex } from './to-latex.js';

describe('a table as LaTeX', () => {
  const columns = [
    { name: 'run_id', value: (row: { readonly id: string; readonly loss: number | null }) => row.id },
    { name: 'loss %', value: (row: { readonly id: string; readonly loss: number | null }) => row.loss },
  ];

  it('is a tabular of booktabs with numbers at the right', () => {
    expect(
      toLatex({
        columns,
        rows: [
          { id: 'a&b', loss: -0.5 },
          { id: 'c', loss: null },
        ],
      }),
    ).toBe(
      [
        '\\begin{tabular}{lr}',
        '  \\toprule',
        '  run\\_id & loss \\% \\\\',
        '  \\midrule',
        '  a\\&b & $-$0.5 \\\\',
        '  c & -- \\\\',
        '  \\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n'),
    );
  });

  it('keeps each row on one line with as many cells as there are columns', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.string(), loss: fc.double() })), (rows) => {
        const lines = toLatex({ columns, rows }).split('\n');
        expect(lines).toHaveLength(rows.length + 7);
        for (const line of lines.slice(4, -3)) expect(line.match(/(?<!\\)&/g)).toHaveLength(1);
      }),
    );
  });
});

describe('text in LaTeX', () => {
  it('is nothing that LaTeX would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab\\{}$&#^_~%±τ\n'.split('')) }), (text) => {
        const rest = escapeLatex(text)
          .replace(/\\text(backslash|asciitilde|asciicircum)\{\}/g, '')
          .replace(/\$\\(pm|tau)\$/g, '')
          .replace(/\\[&%$#_{}]/g, '');
        expect(rest).toMatch(/^[ab ]*$/);
      }),
    );
  });

  it('keeps its signs', () => {
    expect(escapeLatex('93.16\u00a0% ± 0.2')).toBe('93.16~\\% $\\pm$ 0.2');
  });
});
