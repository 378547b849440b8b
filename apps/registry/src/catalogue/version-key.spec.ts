import fc from 'fast-check';
import { compare, valid } from 'semver';
import { expect, it } from 'vitest';
import { versionKey } from './version-key.js';

const number = fc.oneof(fc.nat(12), fc.nat(Number.MAX_SAFE_INTEGER)).map(String);
const word = fc
  .string({ unit: fc.constantFrom('a', 'B', 'z', '0', '9', '-'), minLength: 1, maxLength: 4 })
  // A word of digits alone is a number, and may not begin with 0.
  .filter((text) => !/^\d+$/.test(text));
const version = fc
  .tuple(number, number, number, fc.array(fc.oneof(fc.nat(120).map(String), word), { maxLength: 3 }))
  .map(([major, minor, patch, prerelease]) =>
    [[major, minor, patch].join('.'), ...(prerelease.length === 0 ? [] : [prerelease.join('.')])].join('-'),
  )
  .filter((text) => valid(text) !== null);

it('keys are in the order of the versions', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const [keyOfA, keyOfB] = [versionKey(a).key, versionKey(b).key];
      expect(keyOfA < keyOfB ? -1 : keyOfA > keyOfB ? 1 : 0).toBe(compare(a, b));
    }),
    { numRuns: 2000 },
  );
});

it('the order that the specification gives as its example is kept', () => {
  const versions = [
    ...['alpha', 'alpha.1', 'alpha.beta', 'beta', 'beta.2', 'beta.11', 'rc.1'].map((each) => `1.0.0-${each}`),
    ...['1.0.0', '1.0.1', '1.2.0', '1.11.0', '2.0.0'],
  ];
  const keys = versions.map((each) => versionKey(each).key);
  expect([...keys].sort()).toEqual(keys);
});

it('what follows a plus sign does not count, and tells nothing of a pre-release', () => {
  expect(versionKey('1.0.0+build-5')).toEqual({ key: versionKey('1.0.0').key, prerelease: false });
  expect(versionKey('1.0.0-rc.1+5').prerelease).toBe(true);
});

it('what is no semantic version is refused with a sentence', () => {
  for (const text of [
    '1',
    'v1.0.0',
    '=1.0.0',
    ' 1.0.0',
    '1.0.0 ',
    '1.0.0\n',
    '1.0',
    '1.0.0-01',
    '',
    'latest',
  ])
    expect(() => versionKey(text), text).toThrow(/is no semantic version; use three numbers, as in 1\.0\.0/);
});
