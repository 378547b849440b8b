import { createLoader, createSerializer } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
import { runRow } from '../testing/run-rows';
import { compareParsers } from './compare-state';
import { comparedMetrics } from './compared-metrics';
import { configurationDiff } from './configuration-diff';
import { metricRows } from './metric-rows';

describe('The difference of configurations', () => {
  const rows = configurationDiff([
    runRow({ spec: { gamma: 0.3 } }),
    runRow({ spec: { gamma: 3, classes: ['0', '1'] }, task: { kind: 'compose', classes: ['3'] } }),
  ]);

  it('tells every setting of every run, and marks those that differ', () => {
    const differing = rows.filter(({ differs }) => differs).map(({ key, values }) => [key, values]);
    expect(differing).toEqual([
      ['task.kind', ['train', 'compose']],
      ['task.classes', ['–', '3']],
      ['spec.gamma', ['0.3', '3']],
      ['spec.classes', ['–', '0, 1']],
    ]);
    expect(rows.find(({ key }) => key === 'spec.seed')).toMatchObject({ differs: false, values: ['1', '1'] });
  });

  it('is none of one run', () => {
    expect(configurationDiff([runRow()]).some(({ differs }) => differs)).toBe(false);
  });
});

describe('Compared metrics', () => {
  it('stand in the order in which they matter, each once, without those of single classes', () => {
    expect(
      comparedMetrics(['zeta', 'affinity', 'accuracy:3', 'accuracy', 'alpha', 'affinity', 'crossEntropy']),
    ).toEqual(['accuracy', 'crossEntropy', 'affinity', 'alpha', 'zeta']);
  });

  it('are asked for in rows, so that the first charts do not wait for the last', () => {
    expect(metricRows(['a', 'b', 'c', 'd'])).toEqual([['a', 'b', 'c'], ['d']]);
    expect(metricRows([])).toEqual([]);
  });
});

describe('The address of a comparison', () => {
  it('says the same in another browser', () => {
    const state = { runs: ['b', 'a'], hidden: ['a'], all: true, metrics: ['accuracy'] };
    const address = createSerializer(compareParsers)('/compare', state);
    expect(createLoader(compareParsers)(address.split('?')[1]!)).toEqual(state);
    expect(address).toBe('/compare?runs=b,a&hidden=a&all=true&metrics=accuracy');
  });
});
