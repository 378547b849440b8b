import { describe, expect, it } from 'vitest';
import { toJson } from './to-json.js';

describe('a table as JSON', () => {
  it('has one object a row, with null for what is no number', () => {
    const text = toJson({
      columns: [
        { name: 'run', value: (row: { readonly id: string; readonly loss: number }) => row.id },
        { name: 'loss', value: (row) => row.loss },
      ],
      rows: [
        { id: '=a', loss: 0.5 },
        { id: 'b', loss: Number.NaN },
      ],
    });
    expect(JSON.parse(text)).toEqual([
      { run: '=a', loss: 0.5 },
      { run: 'b', loss: null },
    ]);
  });

  it('keeps the order of its columns, also where their names are digits', () => {
    const columns = ['step', '87654321', '12345678'].map((name, place) => ({
      name,
      value: () => place,
    }));
    expect(toJson({ columns, rows: [null] })).toBe(
      '[\n  {\n    "step": 0,\n    "87654321": 1,\n    "12345678": 2\n  }\n]\n',
    );
  });

  it('is an empty list of no rows', () => {
    expect(toJson({ columns: [], rows: [] })).toBe('[]\n');
  });
});
