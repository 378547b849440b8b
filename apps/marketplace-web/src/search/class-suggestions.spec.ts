import { describe, expect, it } from 'vitest';
import { classSuggestions } from './class-suggestions';

const classes = [
  { value: 'cat', count: 9 },
  { value: 'big cat', count: 7 },
  { value: 'caterpillar', count: 5 },
  { value: 'Écart', count: 4 },
  { value: 'dog', count: 3 },
];
const suggested = (typed: string, most = 10) =>
  classSuggestions(classes, typed, most).map(({ value }) => value);

describe('classSuggestions', () => {
  it('offers the most frequent classes before anything is typed', () => {
    expect(suggested('', 2)).toEqual(['cat', 'big cat']);
  });

  it('puts what begins so before what has a word that does', () => {
    expect(suggested('ca')).toEqual(['cat', 'caterpillar', 'big cat']);
  });

  it('does not offer what is typed already', () => {
    expect(suggested('Cat')).toEqual(['caterpillar', 'big cat']);
  });

  it('asks for neither case nor accents', () => {
    expect(suggested('ECA')).toEqual(['Écart']);
  });

  it('offers nothing where nothing fits', () => {
    expect(suggested('zebra')).toEqual([]);
  });
});
