import { expect, it } from 'vitest';
import { measuredFrom, type Sample } from './measured';

const sample = (seed: number, value: number | null, day = 1, device = 'a GPU'): Sample => ({
  runId: `run-${seed}-${day}`,
  seed,
  value,
  device,
  endedAt: `2026-01-0${day}T00:00:00Z`,
});

it('is mean and deviation over seeds, with devices and the last day', () => {
  const measured = measuredFrom([sample(1, 0.9, 1), sample(2, 0.92, 3, 'a processor'), sample(3, 0.94, 2)]);
  expect(measured?.mean).toBeCloseTo(0.92, 12);
  expect(measured?.deviation).toBeCloseTo(0.02, 12);
  expect(measured).toMatchObject({
    count: 3,
    devices: ['a GPU', 'a processor'],
    endedAt: '2026-01-03T00:00:00Z',
  });
});

it('takes the newest run of a seed, so that no seed counts twice', () => {
  const measured = measuredFrom([sample(1, 0.5, 1), sample(1, 0.9, 2)]);
  expect(measured).toMatchObject({ mean: 0.9, deviation: undefined, count: 1, runIds: ['run-1-2'] });
});

it('is nothing where no run has the number', () => {
  expect(measuredFrom([])).toBeUndefined();
  expect(measuredFrom([sample(1, null)])).toBeUndefined();
});
