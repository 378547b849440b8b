import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownTable } from './markdown-table.js';

describe('markdownTable', () => {
  it('aligns the first column to the left and figures to the right', () => {
    expect(markdownTable(['class', 'size'], [['cat', '18 %']])).toBe(
      '| class | size |\n| :--- | ---: |\n| cat | 18 % |\n',
    );
  });

  it('aligns as told', () => {
    expect(markdownTable(['a', 'b', 'c'], [], ['center', 'left', 'right'])).toContain(
      '| :---: | :--- | ---: |',
    );
  });

  it('fills short rows', () => {
    expect(markdownTable(['a', 'b'], [['x']])).toContain('| x |  |\n');
  });

  it('shows names from outside as they are', () => {
    expect(markdownTable(['name'], [['a|b'], ['<b>`*_[x]'], ['two\nlines']])).toBe(
      '| name |\n| :--- |\n| a\\|b |\n| \\<b\\>\\`\\*\\_\\[x\\] |\n| two lines |\n',
    );
  });

  it('has as many cells in every line, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (rows) => {
        const lines = markdownTable(['a', 'b'], rows).trimEnd().split('\n');
        expect(lines).toHaveLength(rows.length + 2);
        for (const line of lines) expect(line.replace(/\\./g, '').split('|')).toHaveLength(4);
      }),
    );
  });
});
