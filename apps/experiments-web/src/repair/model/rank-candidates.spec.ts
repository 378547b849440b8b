import { describe, expect, it } from 'vitest';
import { evaluationOf, worstFirst } from './evaluation';
import { rankCandidates, smallerFirst, type StrongRun } from './rank-candidates';

const run = (
  id: string,
  accuracies: Readonly<Record<string, number | null>>,
  dataset = 'digits',
): StrongRun => ({
  id,
  dataset,
  evaluation: {
    accuracy: 0.9,
    perClass: Object.entries(accuracies).map(([name, accuracy], index) => ({
      class: index,
      name,
      accuracy,
      count: accuracy === null ? 0 : 100,
    })),
    loss: 1,
    count: 200,
    confusion: [],
  },
});

const weak = run('weak', { a3: 0.8, a7: 0.6 });

describe('candidates for a class', () => {
  it('are those that know it, the furthest ahead first', () => {
    const ranked = rankCandidates(weak, 'a7', [
      run('good', { a7: 0.9 }),
      run('best', { a1: 0.2, a7: 0.95 }),
      run('stranger', { a3: 1 }),
    ]);
    expect(ranked.map(({ run: { id }, class: label }) => [id, label])).toEqual([
      ['best', 1],
      ['good', 0],
    ]);
    expect(ranked[0]?.ahead).toBeCloseTo(0.35, 12);
  });

  it('come from the same data set and are not the weak model itself', () => {
    expect(rankCandidates(weak, 'a7', [weak, run('other', { a7: 1 }, 'svhn')])).toEqual([]);
  });

  it('were measured on images of the class', () => {
    expect(
      rankCandidates(weak, 'a7', [run('none', { a7: null }), { ...run('x', {}), evaluation: undefined }]),
    ).toEqual([]);
  });

  it('may be behind: the list says so instead of hiding them', () => {
    expect(rankCandidates(weak, 'a7', [run('worse', { a7: 0.5 })])[0]?.ahead).toBeCloseTo(-0.1, 12);
  });
});

describe('of candidates that are equally far ahead', () => {
  const ranked = rankCandidates(weak, 'a7', [
    run('best', { a7: 0.99 }),
    run('large', { a7: 0.9 }),
    run('small', { a7: 0.9 }),
  ]);
  const order = (sizes: Readonly<Record<string, number>>) =>
    smallerFirst(ranked, new Map(Object.entries(sizes).map(([id, parameters]) => [id, { parameters }]))).map(
      (one) => one.run.id,
    );

  it('the one with the smaller module comes first, and never before one that is further ahead', () => {
    expect(order({ best: 900, large: 500, small: 100 })).toEqual(['best', 'small', 'large']);
  });

  it('the order stays while a size is not known', () => {
    expect(order({ best: 900, small: 100 })).toEqual(['best', 'large', 'small']);
  });
});

describe('an evaluation', () => {
  it('is read from a result, and absent where there is none', () => {
    expect(evaluationOf({ evaluation: { ...weak.evaluation, more: 1 } })?.accuracy).toBe(0.9);
    expect(evaluationOf({ evaluation: { accuracy: 'high' } })).toBeUndefined();
    expect(evaluationOf(null)).toBeUndefined();
  });

  it('shows the worst class first, and those without images last', () => {
    const { evaluation } = run('x', { b: 0.7, c: null, d: 0.2 });
    expect(worstFirst(evaluation!).map(({ name }) => name)).toEqual(['d', 'b', 'c']);
  });
});
