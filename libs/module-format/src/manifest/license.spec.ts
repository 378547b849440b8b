import { describe, expect, it } from 'vitest';
import { isLicenseExpression } from './license.js';

describe('a licence', () => {
  it.each([
    'Apache-2.0',
    'MIT',
    'other',
    'GPL-2.0+',
    'LicenseRef-house-rules.1',
    'MIT OR Apache-2.0',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    '(MIT AND (BSD-3-Clause OR Zlib)) OR CC0-1.0',
    'x'.repeat(100),
  ])('may be %s', (text) => {
    expect(isLicenseExpression(text)).toBe(true);
  });

  it.each([
    '',
    ' MIT',
    'MIT ',
    'MIT  OR Zlib',
    'MIT Zlib',
    'MIT OR',
    'OR',
    'AND MIT',
    'MIT WITH (Zlib)',
    '(MIT',
    'MIT)',
    '()',
    '(MIT)(Zlib)',
    'MIT\n',
    'MIT/Zlib',
    '<b>',
    'Müller',
    '+',
    'x'.repeat(101),
    '('.repeat(100),
  ])('cannot be %j', (text) => {
    expect(isLicenseExpression(text)).toBe(false);
  });
});
