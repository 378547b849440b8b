import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSeries, unpackSeries } from './packed-series';

const points = fc.uniqueArray(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { maxLength: 40 }).chain((steps) =>
  fc
    .array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0)), {
      minLength: steps.length,
      maxLength: steps.length,
    })
    .map((values) =>
      steps.sort((a, b) => a - b).map((step, place) => ({ step, value: values[place] ?? null })),
    ),
);

describe('Curves that come with the page', () => {
  it('are the very ones that were looked up, gaps and every digit included', () => {
    const series = fc.array(fc.record({ runId: fc.uuid(), name: fc.string(), total: fc.nat(), points }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(series, (told) => {
        expect(unpackSeries(packSeries(told))).toEqual(told);
      }),
    );
  });
});
