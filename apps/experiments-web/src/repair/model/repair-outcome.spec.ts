import { describe, expect, it } from 'vitest';
import { repairOutcomeOf } from './repair-outcome';

const side = (accuracies: readonly (number | null)[], confusion?: readonly (readonly number[])[]) => ({
  target: accuracies[1] ?? null,
  others: accuracies[0] ?? null,
  perClass: accuracies.map((accuracy, index) => ({ class: index, name: `c${index}`, accuracy })),
  ...(confusion && { confusion }),
});
const result = {
  strategy: 'moda',
  class: 1,
  name: 'c1',
  before: side(
    [0.9, 0.5],
    [
      [9, 1],
      [5, 5],
    ],
  ),
  after: side(
    [0.8, 0.9],
    [
      [8, 2],
      [1, 9],
    ],
  ),
  paired: {
    target: { bothRight: 5, onlyBefore: 0, onlyAfter: 4, bothWrong: 1 },
    others: { bothRight: 8, onlyBefore: 1, onlyAfter: 0, bothWrong: 1 },
  },
  addedParameters: 120,
  addedFlops: 3400,
  path: 'model',
};

describe('the outcome of a repair', () => {
  it('has each class before and after, the matrices and the gains', () => {
    const outcome = repairOutcomeOf(result);
    expect(outcome).toMatchObject({
      className: 'c1',
      strategy: 'moda',
      addedParameters: 120,
      addedFlops: 3400,
    });
    expect(outcome?.perClass).toEqual([
      { class: 0, name: 'c0', before: 0.9, after: 0.8 },
      { class: 1, name: 'c1', before: 0.5, after: 0.9 },
    ]);
    expect(outcome?.confusion?.after).toEqual([
      [8, 2],
      [1, 9],
    ]);
    expect(outcome?.gains?.target.mean).toBeCloseTo(0.4, 12);
    expect(outcome?.gains?.others.mean).toBeCloseTo(-0.1, 12);
  });

  it('cannot be judged where the pairs were not counted', () => {
    const { paired: _paired, ...older } = result;
    const outcome = repairOutcomeOf({ ...older, before: side([0.9, 0.5]), after: side([0.8, 0.9]) });
    expect(outcome?.gains).toBeUndefined();
    expect(outcome?.confusion).toBeUndefined();
    expect(outcome?.perClass).toHaveLength(2);
  });

  it.each([null, {}, { evaluation: {} }, { ...result, paired: 'all' }])('is none of %o', (other) => {
    expect(repairOutcomeOf(other)).toBeUndefined();
  });
});
