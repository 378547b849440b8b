import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTable } from './draw-table.js';
import { column, formatCell, formatNumber, tableRows } from './table.js';

const table = {
  columns: [column('name', 'text'), column('parameters', 'count'), column('share', 'share', 'of the model')],
  rows: [
    ['cat', 1234567, 0.1834],
    ['automobile', 9, null],
  ],
};

describe('a table', () => {
  it('is drawn with text to the left, figures to the right and units in the headings', () => {
    expect(drawTable(table)).toBe(
      [
        'name        parameters  of the model %',
        '──────────  ──────────  ──────────────',
        'cat          1,234,567            18.3',
        'automobile           9               –',
      ].join('\n'),
    );
  });

  it('leaves the unit out of headings that are names', () => {
    const matrix = { columns: [{ ...column('cat', 'share'), unitElsewhere: true }], rows: [[0.5]] };
    expect(drawTable(matrix)).toBe(' cat\n────\n50.0');
  });

  it('has bare figures as rows', () => {
    expect(tableRows(table)).toEqual([['name', 'parameters', 'share'], ...table.rows]);
  });

  it('has lines of one width, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        const lines = drawTable({
          columns: [column('value', 'count')],
          rows: values.map((value) => [value]),
        }).split('\n');
        expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
      }),
    );
  });
});

describe('a figure', () => {
  it.each([
    [0.9, 'number', '0.9000'],
    [42, 'number', '42'],
    [123.456, 'number', '123.5'],
    [0.00001234, 'number', '1.234e-5'],
    [1234567.8, 'number', '1.235e+6'],
    [0, 'number', '0'],
    [NaN, 'number', 'NaN'],
    [0.0123, 'seconds', '0.012'],
    [1, 'share', '100.0'],
  ] as const)('%d as %s is %s', (value, kind, text) => expect(formatCell(value, kind)).toBe(text));

  it('keeps at least four digits that count', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 1e8, noNaN: true }), (value) => {
        expect(Math.abs(Number(formatNumber(value)) - value) / value).toBeLessThan(1e-3);
      }),
    );
  });
});
