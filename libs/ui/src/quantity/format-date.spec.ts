import { describe, expect, it } from 'vitest';
import { formatDate } from './format-date.js';

describe('a moment', () => {
  it('is absolute and names its time zone, wherever it was written', () => {
    expect(formatDate('2026-03-01T09:05:33Z')).toBe('2026-03-01 09:05 UTC');
    expect(formatDate('2026-03-01T01:05:33+02:00')).toBe('2026-02-28 23:05 UTC');
    expect(formatDate(0)).toBe('1970-01-01 00:00 UTC');
  });

  it('that is none says so', () => {
    expect(formatDate('yesterday')).toBe('unknown time');
  });
});
