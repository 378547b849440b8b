import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestLine, parallelPath, placeAxes, placeLine } from './parallel-lines.js';

const frame = { across: [50, 650] as const, up: [300, 20] as const, ticks: 5 };

describe('lines through parallel axes', () => {
  it('meet axes at equal distances from the first to the last, and one alone in the middle', () => {
    const axes = [{ values: [1, 2] }, { values: ['a', 'b'] }, { values: [5, 6] }];
    expect(placeAxes({ ...frame, axes }).map(({ x }) => x)).toEqual([50, 350, 650]);
    expect(placeAxes({ ...frame, axes: axes.slice(1, 2) }).map(({ x }) => x)).toEqual([350]);
  });

  it('are broken where a value is missing, each part whole, and a value alone is a part', () => {
    const value = fc.option(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (values) => {
        const axes = placeAxes({ ...frame, axes: values.map(() => ({ values: [0, 9] })) });
        const way = placeLine('a', values, axes);
        expect(way.points.map(({ y }) => y === null)).toEqual(values.map((own) => own === null));
        const parts = values.filter((own, place) => own !== null && (values[place - 1] ?? null) === null);
        expect(parallelPath(way).match(/M/g)?.length ?? 0).toBe(parts.length);
      }),
    );
  });

  const axes = placeAxes({ ...frame, axes: [{ values: [0, 9] }, { values: [0, 9] }, { values: [0, 9] }] });
  const line = (id: string, values: readonly (number | null)[]) => placeLine(id, values, axes);
  const lines = [line('rising', [0, 9, 9]), line('falling', [9, 0, null]), line('alone', [null, null, 0])];

  it('are found by what is near to them, between the axes too', () => {
    const found = (x: number, y: number) => nearestLine(lines, x, y, 16)?.id;
    expect([found(60, 291), found(60, 30), found(500, 24), found(648, 295)]).toEqual([
      'rising',
      'falling',
      'rising',
      'alone',
    ]);
  });

  it('are not found where none passes, nor across a gap', () => {
    expect(nearestLine(lines, 500, 300, 16)).toBeUndefined();
    expect(nearestLine([], 50, 300, 16)).toBeUndefined();
  });

  it('are found upon themselves, wherever that is', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const value = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(value, value, share, (from, to, along) => {
        const way = line('own', [from, to, null]);
        const [a, b] = [way.points[0]!, way.points[1]!];
        const y = a.y! + along * (b.y! - a.y!);
        expect(nearestLine([way], a.x + along * (b.x - a.x), y, 1e-6)).toBe(way);
      }),
    );
  });
});
