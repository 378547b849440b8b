import { runResultSchemas } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { type MeasuredAt, mergedRows, nearestTau, sweepRowsOf } from './sweep-rows';

const row = (tau: number, accuracy: number): MeasuredAt => ({
  tau,
  accuracy,
  meanShare: 0.1,
  meanFlopsShare: 0.5,
  meanOverlap: 0.05,
  floorHits: 0,
});

describe('rows of sweeps', () => {
  it('are read from the result of a sweep, and are none of another result', () => {
    expect(sweepRowsOf({ rows: [row(0.9, 0.95)], subtasks: [[0, 1]], seed: 42 })).toEqual([row(0.9, 0.95)]);
    expect(sweepRowsOf({ metrics: {} })).toEqual([]);
    expect(sweepRowsOf(null)).toEqual([]);
  });

  it('are those that the schema of such a result lets pass', () => {
    const whole = row(0.9, 0.95);
    const { tau: _, ...without } = whole;
    const perhaps: unknown[] = [
      [],
      [whole],
      [whole, without],
      [{ ...whole, accuracy: 'high' }],
      [null],
      'rows',
    ];
    for (const rows of perhaps) {
      const result = { rows, subtasks: [[0, 1]], seed: 42 };
      expect(sweepRowsOf(result)).toEqual(runResultSchemas.sweepTau.safeParse(result).data?.rows ?? []);
    }
  });

  it('of several sweeps are one curve; the newest sweep counts', () => {
    const merged = mergedRows([[row(0.9, 0.95)], [row(0.9, 0.5), row(0.1, 0.97)]]);
    expect(merged.map(({ tau, accuracy }) => [tau, accuracy])).toEqual([
      [0.1, 0.97],
      [0.9, 0.95],
    ]);
  });

  it('have one that is nearest to the slider', () => {
    expect(nearestTau([row(0.5, 1), row(0.9, 1)], 0.75)).toBe(0.9);
    expect(nearestTau([], 0.75)).toBeUndefined();
  });
});
