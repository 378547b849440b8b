import { describe, expect, it } from 'vitest';
import { nextVersions, wrongWithName, wrongWithVersion } from './next-version';

const versions = (taken: readonly string[]) => nextVersions(taken).map(({ version }) => version);

describe('nextVersions', () => {
  it('begins with 1.0.0', () => {
    expect(versions([])).toEqual(['1.0.0']);
  });

  it('proposes new weights first, then packaging, then a break', () => {
    expect(versions(['1.0.0', '1.4.2', '1.3.9'])).toEqual(['1.5.0', '1.4.3', '2.0.0']);
  });

  it('compares numbers and not texts', () => {
    expect(versions(['1.9.0', '1.10.0'])[0]).toBe('1.11.0');
  });

  it('passes over early versions and what is no version', () => {
    expect(versions(['2.0.0-rc.1', '1.0.0', 'latest'])[0]).toBe('1.1.0');
  });
});

describe('wrongWithVersion', () => {
  it('finds nothing wrong with a free one', () => {
    expect(wrongWithVersion('1.1.0', ['1.0.0'])).toBeUndefined();
    expect(wrongWithVersion('2.0.0-rc.1', ['1.0.0'])).toBeUndefined();
  });

  it('names a free one where it is taken', () => {
    expect(wrongWithVersion('1.0.0', ['1.0.0'])).toBe('1.0.0 is taken and never changes; 1.1.0 is free.');
  });

  it.each(['', '1', '1.0', 'v1.0.0', '01.0.0', '1.0.0-', `1.0.0-${'a'.repeat(64)}`])(
    'refuses %j',
    (version) => {
      expect(wrongWithVersion(version, [])).toBe('A version has three numbers, as in 1.2.0.');
    },
  );
});

describe('wrongWithName', () => {
  it.each(['digits', 'ada-lovelace', '0.x_y'])('takes %j', (name) => {
    expect(wrongWithName(name)).toBeUndefined();
  });

  it.each(['', 'Digits', '-digits', 'a b', 'a/b', 'a'.repeat(65)])('refuses %j with a sentence', (name) => {
    expect(wrongWithName(name)).toMatch(/\.$/);
  });
});
