import { describe, expect, it } from 'vitest';
import { bandPath, linePath } from './line-path.js';
import { numberScale } from './number-scale.js';

const across = numberScale({ values: [0, 10], range: [0, 100], ticks: 5 });
const up = numberScale({ values: [0, 1], range: [100, 0], ticks: 5 });

describe('the path of a line', () => {
  it('goes through its points, to a tenth of a pixel', () => {
    const points = [0, 1 / 3, 1].map((y, place) => ({ x: place * 5, y }));
    expect(linePath(points, { across, up })).toBe('M0,100L50,66.7L100,0');
  });

  it('is broken by a gap, and a point alone is a dot', () => {
    const points = [0, 1, null, 1, NaN, 0, 0].map((y, x) => ({ x, y }));
    expect(linePath(points, { across, up })).toBe('M0,100L10,0M30,0ZM50,100L60,100');
  });

  it('is broken where a value has no place on a logarithmic axis', () => {
    const log = numberScale({ values: [1, 100], range: [100, 0], ticks: 5, log: true });
    const points = [1, 100, 0, 1, 1].map((y, x) => ({ x, y }));
    expect(linePath(points, { across, up: log })).toBe('M0,100L10,0M30,100L40,100');
  });
});

describe('the band around a line', () => {
  it('goes along its upper edge and back along its lower one', () => {
    const points = [0, 10].map((x) => ({ x, lower: 0.2, upper: 0.8 }));
    expect(bandPath(points, { across, up })).toBe('M0,20L100,20L100,80L0,80Z');
    expect(bandPath([], { across, up })).toBe('');
  });
});
