import { describe, expect, it } from 'vitest';
import { runRow } from '../testing/run-rows';
import { filterChoices, filterRuns } from './filter-runs';
import { emptyFilter, type RunFilter } from './table-state';

const rows = [
  runRow({ id: 'a1', name: 'night', tags: ['vgg'], spec: { arch: 'vgg16' } }),
  runRow({ id: 'b2', state: 'failed', experimentName: 'gamma', spec: { method: 'standard' } }),
  runRow({ id: 'c3', archived: true, task: { kind: 'decompose', run: 'a1' } }),
];

function shown(filter: Partial<RunFilter>): readonly string[] {
  return filterRuns(rows, { ...emptyFilter, ...filter }).map(({ id }) => id);
}

describe('Filters', () => {
  it('show every run that is not archived where nothing is asked for', () => {
    expect(shown({})).toEqual(['a1', 'b2']);
  });

  it.each([
    [{ archived: 'yes' }, ['c3']],
    [{ archived: 'any' }, ['a1', 'b2', 'c3']],
    [{ state: ['failed', 'running'] }, ['b2']],
    [{ experiment: 'gamma' }, ['b2']],
    [{ network: 'vgg16' }, ['a1']],
    [{ method: 'standard' }, ['b2']],
    [{ what: 'decompose', archived: 'any' }, ['c3']],
    [{ tag: 'vgg' }, ['a1']],
    [{ dataset: 'cifar10' }, []],
  ] as const)('%j', (filter, ids) => {
    expect(shown(filter)).toEqual(ids);
  });

  it.each([
    ['NIGHT', ['a1']],
    ['b2', ['b2']],
    ['gamma standard', ['b2']],
    ['gamma vgg', []],
    ['  ', ['a1', 'b2']],
  ])('find every word of %j anywhere in what names a run', (q, ids) => {
    expect(shown({ q })).toEqual(ids);
  });

  it('offer each value once, in the order of the alphabet', () => {
    expect(filterChoices(rows)).toMatchObject({
      experiment: ['digits', 'gamma'],
      network: ['compact', 'vgg16'],
      method: ['moda', 'standard'],
      what: ['decompose', 'train'],
      tag: ['vgg'],
    });
  });
});
