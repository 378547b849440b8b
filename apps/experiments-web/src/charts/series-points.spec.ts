import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricValueAt, mergePoints, thinPoints } from './series-points';

const curve = fc.uniqueArray(fc.nat({ max: 5_000 }), { maxLength: 400 }).chain((steps) =>
  fc
    .array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: steps.length,
      maxLength: steps.length,
    })
    .map((values): readonly MetricValueAt[] =>
      steps.sort((a, b) => a - b).map((step, index) => ({ step, value: values[index] ?? null })),
    ),
);

describe('Points of a curve', () => {
  it('that were looked up and heard come together in order, none twice and none lost', () => {
    fc.assert(
      fc.property(curve, curve, (stored, heard) => {
        const merged = mergePoints(stored, heard);
        const steps = new Set([...stored, ...heard].map(({ step }) => step));
        expect(merged.map(({ step }) => step)).toEqual([...steps].sort((a, b) => a - b));
        for (const point of heard) expect(merged).toContainEqual(point);
      }),
    );
  });

  it('are thinned out to as many as asked, with the lowest, the highest, the first and the last among them', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 4, max: 100 }), (points, most) => {
        const thin = thinPoints(points, most);
        expect(thin.length).toBeLessThanOrEqual(most);
        expect(thin.map(({ step }) => step)).toEqual([...thin.map(({ step }) => step)].sort((a, b) => a - b));
        if (points.length === 0) return;
        expect(thin[0]).toEqual(points[0]);
        expect(thin.at(-1)).toEqual(points.at(-1));
        const values = (own: readonly MetricValueAt[]) => own.flatMap(({ value }) => value ?? []);
        expect(Math.max(...values(thin))).toBe(Math.max(...values(points)));
        expect(Math.min(...values(thin))).toBe(Math.min(...values(points)));
      }),
    );
  });
});
