import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportedColumn } from './exported-table.js';
import { toCsv } from './to-csv.js';

/** Reads RFC 4180. */
function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|$)/g)) {
    if (end === '' && bare === '' && quoted === undefined) break;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

const columns: readonly ExportedColumn<readonly string[]>[] = [
  { name: 'first', value: ([first = '']) => first },
  { name: 'second', value: ([, second = '']) => second },
];

const anyText = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '-', '@', '+', '\t', "'", ' '),
});

describe('a table as CSV', () => {
  it('has a header, numbers as numbers, and nothing where nothing is', () => {
    const rows = [{ run: 'a', loss: -0.5, kept: true, size: null }];
    const table = {
      columns: [
        { name: 'run', value: (row: (typeof rows)[0]) => row.run },
        { name: 'loss', value: (row: (typeof rows)[0]) => row.loss },
        { name: 'kept', value: (row: (typeof rows)[0]) => row.kept },
        { name: 'size', value: (row: (typeof rows)[0]) => row.size },
      ],
      rows,
    };
    expect(toCsv(table)).toBe('run,loss,kept,size\r\na,-0.5,true,\r\n');
  });

  it('is read back as it was written, but for the guard before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText)), (rows) => {
        const guarded = rows.map((row) =>
          row.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)),
        );
        expect(readCsv(toCsv({ columns, rows }))).toEqual([['first', 'second'], ...guarded]);
      }),
    );
  });

  it('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText)), (rows) => {
        for (const cell of readCsv(toCsv({ columns, rows })).flat())
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it('disarms a formula that came in as a name', () => {
    const rows = [['=HYPERLINK("http://example.org","x")', 'b']];
    expect(toCsv({ columns, rows })).toContain(`"'=HYPERLINK(""http://example.org"",""x"")",b`);
  });
});
