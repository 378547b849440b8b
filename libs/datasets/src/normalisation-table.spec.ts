import { describe, expect, it } from 'vitest';
import { normalisationTable } from './normalisation-table.js';

describe('the table of normalised bytes', () => {
  it('holds (byte / 255 - mean) / std per channel within float32 rounding', () => {
    const mean = [0.4914, 0.4822, 0.4465];
    const std = [0.2471, 0.2435, 0.2616];
    const table = normalisationTable({ mean, std }, 3);
    expect(table).toHaveLength(3 * 256);
    for (let channel = 0; channel < 3; channel += 1) {
      for (let byte = 0; byte < 256; byte += 1) {
        const exact = (byte / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
        expect(Math.abs((table[channel * 256 + byte] ?? Number.NaN) - exact)).toBeLessThan(4e-7);
      }
    }
  });

  it('rounds every step to float32, as tensor arithmetic does', () => {
    const table = normalisationTable({ mean: [0.1307], std: [0.3081] }, 1);
    const f = Math.fround;
    // Each step written out for three bytes.
    for (const byte of [0, 33, 255]) {
      expect(table[byte]).toBe(f(f(f(byte / 255) - f(0.1307)) / f(0.3081)));
    }
  });

  it('needs one mean and one deviation a channel', () => {
    expect(() => normalisationTable({ mean: [0.5], std: [0.5] }, 3)).toThrow(RangeError);
  });
});
