import { byHeight, readRelease } from '../references/release-number';

/** A version that a model could have next, with what it would tell others. */
export interface ProposedVersion {
  readonly version: string;
  readonly means: string;
}

const modelName = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const longestVersion = 64;

/**
 * What a model could be called next, the most likely first: weights are what most releases change, so the minor number. The highest final version
 * counts, also one that was yanked, for its number stays taken. A model without any begins with 1.0.0.
 */
export function nextVersions(taken: readonly string[]): readonly [ProposedVersion, ...ProposedVersion[]] {
  const highest = taken
    .map(readRelease)
    .filter((release) => release !== undefined)
    .filter(({ isFinal }) => isFinal)
    .toSorted(byHeight)
    .at(-1);
  if (highest === undefined) return [{ version: '1.0.0', means: 'the first release' }];
  const { major, minor, patch } = highest;
  return [
    { version: `${major}.${minor + 1}.0`, means: 'new weights' },
    { version: `${major}.${minor}.${patch + 1}`, means: 'the same weights, other packaging' },
    { version: `${major + 1}.0.0`, means: 'other labels, input or architecture' },
  ];
}

/** What is wrong with the name of an owner or a model, as a sentence; undefined where nothing is. */
export function wrongWithName(name: string): string | undefined {
  if (modelName.test(name)) return undefined;
  return name === ''
    ? 'A name is needed, for example digits.'
    : 'A name has up to 64 lower-case letters, digits, dots, _ and -, and begins with a letter or digit.';
}

/** What is wrong with a version, as a sentence; undefined where nothing is. */
export function wrongWithVersion(version: string, taken: readonly string[]): string | undefined {
  if (readRelease(version) === undefined || version.length > longestVersion)
    return 'A version has three numbers, as in 1.2.0.';
  if (taken.includes(version))
    return `${version} is taken and never changes; ${nextVersions(taken)[0].version} is free.`;
  return undefined;
}
