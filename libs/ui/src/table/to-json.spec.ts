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
});
