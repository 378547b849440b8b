import type { Predictions } from '@moda/nn';
import { expect, it } from 'vitest';
import { repairReport } from './repair-report.js';

/** Predictions that name a class for each sample without doubt. */
function naming(answers: readonly number[], labels: readonly number[]): Predictions {
  const logits = answers.flatMap((answer) => [0, 1, 2].map((own) => (own === answer ? 1 : 0)));
  return {
    count: labels.length,
    classes: 3,
    logits: Float32Array.from(logits),
    labels: Int32Array.from(labels),
  };
}

const labels = [0, 0, 0, 1, 1, 2, 2, 2];
const before = naming([0, 1, 1, 1, 0, 2, 2, 0], labels);
const after = naming([0, 0, 2, 1, 0, 2, 1, 2], labels);

it('has each test image once in each confusion matrix, true classes by row', () => {
  expect(repairReport(before, after, 0).confusion).toEqual({
    before: [
      [1, 2, 0],
      [1, 1, 0],
      [1, 0, 2],
    ],
    after: [
      [2, 0, 1],
      [1, 1, 0],
      [0, 1, 2],
    ],
  });
});

it('counts the same images under both answers, of the class and of the others apart', () => {
  const { paired, target, others } = repairReport(before, after, 0);
  expect(paired.target).toEqual({ bothRight: 1, onlyBefore: 0, onlyAfter: 1, bothWrong: 1 });
  expect(paired.others).toEqual({ bothRight: 2, onlyBefore: 1, onlyAfter: 1, bothWrong: 1 });
  expect(target).toEqual({ before: 1 / 3, after: 2 / 3 });
  expect(others).toEqual({ before: (1 / 2 + 2 / 3) / 2, after: (1 / 2 + 2 / 3) / 2 });
});
