import { describe, expect, it } from 'vitest';
import { looksLikeLicense } from './license-shape';

describe('looksLikeLicense', () => {
  it.each([
    'Apache-2.0',
    'MIT',
    'GPL-2.0+',
    'MIT OR Apache-2.0',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'MIT AND (BSD-3-Clause OR CC0-1.0)',
  ])('takes %j', (text) => {
    expect(looksLikeLicense(text)).toBe(true);
  });

  it.each(['', 'my own license', 'MIT or Apache-2.0', 'MIT,Apache-2.0', 'MIT OR', 'a'.repeat(101)])(
    'refuses %j',
    (text) => {
      expect(looksLikeLicense(text)).toBe(false);
    },
  );
});
