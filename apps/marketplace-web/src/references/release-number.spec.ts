import { describe, expect, it } from 'vitest';
import { isLaterRelease } from './release-number';

describe('a later release', () => {
  it.each([
    ['1.1.0', '1.0.0'],
    ['1.0.10', '1.0.9'],
    ['2.0.0', '1.99.0'],
    ['1.0.0', '1.0.0-rc.1'],
    ['1.1.0+cpu', '1.0.0'],
  ])('%s comes after %s, and not the other way round', (later, earlier) => {
    expect(isLaterRelease(later, earlier)).toBe(true);
    expect(isLaterRelease(earlier, later)).toBe(false);
  });

  it.each([
    ['1.0.0', '1.0.0'],
    ['1.0.0+cpu', '1.0.0'],
    ['1.1.0-rc.1', '1.0.0'],
    ['latest', '1.0.0'],
    ['1.1.0', 'champion'],
  ])('%s is none after %s', (version, than) => {
    expect(isLaterRelease(version, than)).toBe(false);
  });
});
