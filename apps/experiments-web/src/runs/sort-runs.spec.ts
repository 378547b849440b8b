import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runRow } from '../testing/run-rows';
import { nextSort, readSort, sortRuns } from './sort-runs';

describe('The order of runs', () => {
  it('puts runs without a value last, whichever way it goes', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 });
    fc.assert(
      fc.property(values, fc.boolean(), (accuracies, descending) => {
        const rows = accuracies.map((accuracy, index) => runRow({ id: `r${index}`, outcome: { accuracy } }));
        const sorted = sortRuns(rows, readSort(descending ? '-accuracy' : 'accuracy')).map(
          ({ outcome }) => outcome!.accuracy,
        );
        const known = accuracies.filter((value) => value !== null);
        const expected = known.sort((a, b) => (descending ? b - a : a - b));
        expect(sorted).toEqual([...expected, ...accuracies.filter((value) => value === null)]);
      }),
    );
  });

  it('counts numbers within names as numbers', () => {
    const rows = ['run 10', 'run 9', 'Run 1'].map((name) => runRow({ id: name, name }));
    expect(sortRuns(rows, readSort('name')).map(({ name }) => name)).toEqual(['Run 1', 'run 9', 'run 10']);
  });

  it('is the newest first where the address names no column', () => {
    expect(readSort('nonsense')).toMatchObject({ column: { key: 'created' }, descending: true });
  });

  it('begins with the highest number and with the first letter, and turns around when asked again', () => {
    expect(nextSort('-created', 'accuracy')).toBe('-accuracy');
    expect(nextSort('-accuracy', 'accuracy')).toBe('accuracy');
    expect(nextSort('-created', 'network')).toBe('network');
    expect(nextSort('network', 'network')).toBe('-network');
  });

  it('is by cross-entropy too, the lowest first where that is asked for, and runs that were not told it last', () => {
    const rows = [0.5, null, 0.2].map((crossEntropy, place) =>
      runRow({ id: `r${place}`, outcome: { crossEntropy } }),
    );
    expect(sortRuns(rows, readSort('crossEntropy')).map(({ id }) => id)).toEqual(['r2', 'r0', 'r1']);
  });
});
