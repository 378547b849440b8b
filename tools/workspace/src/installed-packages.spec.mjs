import { describe, expect, it } from 'vitest';
import { recordMatchesLock } from './installed-packages.mjs';

const zod = { version: '4.0.0', integrity: 'sha512-a' };
const lock = {
  '': { name: 'moda' },
  'libs/nn': { version: '0.1.0' },
  'node_modules/@moda/nn': { resolved: 'libs/nn', link: true },
  'node_modules/zod': zod,
  'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const installed = { 'node_modules/@moda/nn': { resolved: 'libs/nn', link: true }, 'node_modules/zod': zod };

describe('recordMatchesLock', () => {
  it('accepts a complete installation, less optional packages of other platforms', () => {
    expect(recordMatchesLock(lock, installed)).toBe(true);
  });

  it.each([
    ['a missing package', { ...installed, 'node_modules/zod': undefined }],
    ['another version', { ...installed, 'node_modules/zod': { ...zod, version: '3.0.0' } }],
    ['other bytes', { ...installed, 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }],
    ['a missing link to a project', { ...installed, 'node_modules/@moda/nn': undefined }],
    ['a link to elsewhere', { ...installed, 'node_modules/@moda/nn': { resolved: 'libs/old', link: true } }],
    [
      'an optional package of another version',
      { ...installed, 'node_modules/only-elsewhere': { version: '0.9.0' } },
    ],
    ['an empty record', {}],
  ])('refuses %s', (_what, record) => {
    expect(recordMatchesLock(lock, record)).toBe(false);
  });
});
