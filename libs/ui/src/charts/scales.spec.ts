import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, marginFor } from './axis-text.js';
import { heatDomain, heatStep, heatSteps } from './heat-steps.js';
import { seriesLook } from './series-look.js';
import { unitAt, unitGrid } from './unit-grid.js';

describe('the steps of a map', () => {
  it('rise with the value and never leave the scale', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [first, second] = [heatStep(low, [0, 1]), heatStep(high, [0, 1])];
        expect(first).toBeLessThanOrEqual(second);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(second).toBeLessThan(heatSteps);
      }),
    );
  });

  it('have nothing below and nothing above in the middle where both are shown', () => {
    const domain = heatDomain([[-0.2, 0.1]], 'diverging');
    expect(domain).toEqual([-0.2, 0.2]);
    expect(heatStep(0, domain)).toBe(4);
  });

  it('go from nothing to the largest count, to all of a share, and somewhere for nothing at all', () => {
    expect(heatDomain([[3, null, 7]], 'count')).toEqual([0, 7]);
    expect(heatDomain([[0.2]], 'share')).toEqual([0, 1]);
    expect(heatDomain([[null]], 'count')).toEqual([0, 1]);
  });
});

describe('the looks of lines', () => {
  it('are forty before one comes again, and neighbours differ in colour and in dash', () => {
    const looks = Array.from({ length: 40 }, (_, place) => seriesLook(place));
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(40);
    looks.slice(1).forEach((look, before) => {
      expect(look.colour).not.toBe(looks[before]?.colour);
      expect(look.dash).not.toBe(looks[before]?.dash);
    });
  });
});

describe('the grid of units', () => {
  const layer = (count: number) => ({
    name: 'dense1',
    units: Array.from({ length: count }, () => ({ value: 0, kept: true })),
  });

  it('gives each unit a place where it is found again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 20, max: 1600 }), (count, width) => {
        const grid = unitGrid(layer(count), width);
        for (const unit of [0, count - 1]) {
          const x = (unit % grid.columns) * grid.step + grid.step / 2;
          const y = Math.floor(unit / grid.columns) * grid.step + grid.step / 2;
          expect(unitAt(layer(count), grid, x, y)).toBe(unit);
          expect(y).toBeLessThan(grid.height);
        }
        expect(unitAt(layer(count), grid, 1, grid.height + 1)).toBeUndefined();
        expect(unitAt(layer(count), grid, -1, 1)).toBeUndefined();
      }),
    );
  });
});

describe('axes', () => {
  it('span what is there', () => {
    expect(extent([3, null, -1, Number.NaN, undefined, 2])).toEqual([-1, 3]);
    expect(extent([null])).toBeUndefined();
  });

  it('make room for their longest text, within bounds', () => {
    expect(marginFor([])).toBe(36);
    expect(marginFor(['100.0 %'])).toBeGreaterThan(marginFor(['1 %']));
    expect(marginFor(['x'.repeat(200)])).toBe(180);
  });
});
