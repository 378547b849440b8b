import { describe, expect, it } from 'vitest';
import { grey } from '../testing/drawings.js';
import { normalise } from './normalise.js';
import { photoInput } from './photo-input.js';

describe('a picture as a model takes it', () => {
  it('is its middle, where it is wider or taller than the model sees', () => {
    const wide = grey([[10, 20, 30, 40]]);
    expect([...photoInput(wide, { width: 2, height: 1, channels: 1 }).data].map(Math.round)).toEqual([
      20, 30,
    ]);
    const tall = grey([[10], [20], [30], [40], [50]]);
    expect([...photoInput(tall, { width: 1, height: 1, channels: 1 }).data].map(Math.round)).toEqual([30]);
  });

  it('is brightness for one channel and colours for three', () => {
    const red = { width: 1, height: 1, data: Uint8ClampedArray.from([200, 100, 50, 255]) };
    expect([...photoInput(red, { width: 1, height: 1, channels: 3 }).data]).toEqual([200, 100, 50]);
    expect(photoInput(red, { width: 1, height: 1, channels: 1 }).data[0]).toBeCloseTo(
      0.299 * 200 + 0.587 * 100 + 0.114 * 50,
      3,
    );
  });

  it('lies on white paper where it is transparent', () => {
    const glass = { width: 2, height: 1, data: Uint8ClampedArray.from([0, 0, 0, 0, 0, 0, 0, 51]) };
    const { data } = photoInput(glass, { width: 2, height: 1, channels: 1 });
    expect(data[0]).toBeCloseTo(255, 3);
    expect(data[1]).toBeCloseTo(255 * 0.8, 3);
  });
});

describe('normalised values', () => {
  it('are counted from the mean in deviations, each channel by its own', () => {
    expect([...normalise([255, 0], { mean: [0.5], std: [0.25] })]).toEqual([2, -2]);
    expect(
      [...normalise([255, 0, 51, 51], { mean: [0, 1], std: [1, 0.5] })].map((v) => v.toFixed(4)),
    ).toEqual(['1.0000', '-2.0000', '0.2000', '-1.6000']);
  });
});
