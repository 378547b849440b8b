import { expect, it } from 'vitest';
import { maxCompared } from './compare-state';
import { pointsPerCurve } from './points-per-curve';

it.each([
  [0, 500],
  [1, 500],
  [6, 500],
  [10, 300],
  [maxCompared, 150],
])('curves of %i runs have %i points each', (runs, points) => {
  expect(pointsPerCurve(runs)).toBe(points);
});
