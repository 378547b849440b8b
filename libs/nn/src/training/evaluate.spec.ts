import { describe, expect, it } from 'vitest';
import { evaluatePredictions, restrictTo } from './evaluate.js';

const predictions = {
  count: 4,
  classes: 3,
  logits: Float32Array.from([2, 1, 0, 0, 3, 1, 5, 0, 4, 1, 1, 0]),
  labels: Int32Array.from([0, 1, 2, 1]),
};

describe('an evaluation', () => {
  it('counts by argmax, the first of equals, and tells per class and by confusion', () => {
    const { accuracy, perClass, confusion, count } = evaluatePredictions(predictions);
    expect(count).toBe(4);
    expect(accuracy).toBe(0.5);
    expect(perClass).toEqual([1, 0.5, 0]);
    expect(confusion).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('has the mean cross-entropy of the softmax', () => {
    const one = { count: 1, classes: 2, logits: Float32Array.from([1000, 999]), labels: Int32Array.of(1) };
    expect(evaluatePredictions(one).loss).toBeCloseTo(Math.log(1 + Math.E), 6);
  });

  it('gives no accuracy to a class without samples', () => {
    const one = { count: 1, classes: 2, logits: Float32Array.from([1, 0]), labels: Int32Array.of(0) };
    expect(evaluatePredictions(one).perClass).toEqual([1, null]);
  });

  it('is restricted to some classes by their samples and their logits', () => {
    const restricted = restrictTo(predictions, [1, 2]);
    expect([...restricted.labels]).toEqual([0, 1, 0]);
    expect([...restricted.logits]).toEqual([3, 1, 0, 4, 1, 0]);
    expect(evaluatePredictions(restricted).accuracy).toBe(1);
  });
});
