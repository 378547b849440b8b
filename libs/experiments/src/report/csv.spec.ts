import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, type CsvCell } from './csv.js';

/** A reader of its own, after RFC 4180: what it reads back is what was meant. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[i++]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      rows.push([...row, field]);
      row = [];
      field = '';
    } else field += character;
  }
  return rows;
}

describe('csv', () => {
  it('writes a line per row, with every digit', () => {
    expect(
      csv([
        ['class', 'share'],
        ['cat', 0.1 + 0.2],
        ['dog', 1e-7],
      ]),
    ).toBe('class,share\ncat,0.30000000000000004\ndog,1e-7\n');
  });

  it('quotes what would be misread', () => {
    expect(csv([['a,b', 'say "cat"', 'two\nlines', ' padded ']])).toBe(
      '"a,b","say ""cat""","two\nlines"," padded "\n',
    );
  });

  it('leaves a field empty where there is no figure', () => {
    expect(csv([[null, NaN, Infinity, 0]])).toBe(',,,0\n');
  });

  it('of nothing is nothing', () => expect(csv([])).toBe(''));

  it('is read back as it was meant', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(',', '"', '\n', '\r', '""', ' '),
      fc.integer(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), (rows: CsvCell[][]) => {
        expect(read(csv(rows))).toEqual(rows.map((row) => row.map(String)));
      }),
    );
  });
});
