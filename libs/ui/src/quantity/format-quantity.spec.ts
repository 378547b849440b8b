import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatInteger,
  formatNumber,
  formatSeconds,
  formatShare,
  formatWithDeviation,
  noNumber,
  shortDigest,
} from './format-quantity.js';

/** With plain spaces, so that expectations can be read. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [41_234, '41.2 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [138_357_544, '138 MB'],
    [-41_234, '-41.2 kB'],
  ])('%d are %s', (sizeBytes, text) => {
    expect(plain(formatBytes(sizeBytes))).toBe(text);
  });

  it('never show more than three digits and a point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (sizeBytes) => {
        expect(plain(formatBytes(sizeBytes))).toMatch(/^\d{1,3}(\.\d{1,2})? [kMGTP]?B$/);
      }),
    );
  });

  it('are told within half a percent', () => {
    const factors: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), (sizeBytes) => {
        const [digits = '', unit = ''] = plain(formatBytes(sizeBytes)).split(' ');
        const told = Number(digits) * (factors[unit] ?? Number.NaN);
        expect(Math.abs(told - sizeBytes) / sizeBytes).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});

describe('counts', () => {
  it('stand as they are below ten thousand and with a prefix above', () => {
    expect(formatCount(4224)).toBe('4,224');
    expect(plain(formatCount(14_728_266))).toBe('14.7 M');
    expect(plain(formatCount(10_000))).toBe('10.0 k');
  });

  it('show every digit where every digit is asked for', () => {
    expect(formatInteger(12_416)).toBe('12,416');
    expect(formatInteger(-1_234_567)).toBe('-1,234,567');
  });
});

describe('shares', () => {
  it('are percent on screen', () => {
    expect(plain(formatShare(0.0886))).toBe('8.9 %');
    expect(plain(formatShare(1))).toBe('100.0 %');
    expect(plain(formatShare(0.5, 0))).toBe('50 %');
    expect(plain(formatAccuracy(0.9316))).toBe('93.16 %');
  });

  it('have no minus before nothing', () => {
    expect(plain(formatShare(-0.0001))).toBe('0.0 %');
    expect(plain(formatShare(-0.01))).toBe('-1.0 %');
  });
});

describe('seconds', () => {
  it.each([
    [0, '0 s'],
    [0.0000021, '2.10 µs'],
    [0.00831, '8.31 ms'],
    [12.43, '12.4 s'],
    [59.96, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3599.6, '1 h 00 min'],
    [7440, '2 h 04 min'],
  ])('%d are %s', (seconds, text) => {
    expect(plain(formatSeconds(seconds))).toBe(text);
  });
});

describe('a mean', () => {
  it('comes with its deviation and how many it is of', () => {
    expect(plain(formatWithDeviation(0.9316, 0.0021, 3))).toBe('93.16 % ± 0.21 (n = 3)');
  });

  it('of one has no deviation', () => {
    expect(plain(formatWithDeviation(0.9316, 0, 1))).toBe('93.16 % (n = 1)');
  });

  it('takes the format of its quantity', () => {
    expect(plain(formatWithDeviation(1.25, 0.5, 2, (value) => value.toFixed(1)))).toBe('1.3 ± 0.5 (n = 2)');
  });
});

describe('a number without a unit', () => {
  it('has four digits that matter', () => {
    expect(formatNumber(0.123456)).toBe('0.1235');
    expect(formatNumber(123456)).toBe('123,500');
    expect(formatNumber(0.00001234)).toBe('1.23e-5');
    expect(formatNumber(0)).toBe('0');
  });
});

describe('what is not there', () => {
  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])('is a dash for %s', (value) => {
    for (const format of [
      formatBytes,
      formatCount,
      formatShare,
      formatAccuracy,
      formatSeconds,
      formatNumber,
    ]) {
      expect(format(value)).toBe(noNumber);
    }
    expect(formatWithDeviation(value, 0.1, 3)).toBe(noNumber);
  });
});

describe('a digest', () => {
  it('is told by its first twelve digits', () => {
    expect(shortDigest(`sha256:${'3f2a91c04b7d'.repeat(5)}`)).toBe('sha256:3f2a91c04b7d');
  });
});
