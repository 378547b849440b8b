import { ModaError } from '@moda/contracts';
import { parse } from 'semver';

export interface VersionKey {
  /** ASCII; the byte order of keys is the precedence of semantic versions, what follows a `+` aside. */
  readonly key: string;
  readonly prerelease: boolean;
}

/**
 * What a database can sort semantic versions by. Numbers carry their length in front; a release is behind its pre-releases (`~` against
 * `-`), and of two lists of identifiers with one beginning the shorter comes first.
 *
 * @throws ModaError VERSION_INVALID
 */
export function versionKey(version: string): VersionKey {
  const parsed = parse(version);
  // The library also takes `v1.0.0` and spaces around, which are other texts for one version.
  if (parsed === null || !version.startsWith(String(parsed.major)) || version !== version.trim())
    throw new ModaError(
      'VERSION_INVALID',
      `${JSON.stringify(version)} is no semantic version; use three numbers, as in 1.0.0 or 2.1.0-rc.1.`,
      { version },
    );
  const numbers = [parsed.major, parsed.minor, parsed.patch].map((part) => numberKey(String(part))).join('');
  const identifiers = parsed.prerelease.map((part) => identifierKey(String(part)));
  return identifiers.length === 0
    ? { key: `${numbers}~`, prerelease: false }
    : { key: `${numbers}-${identifiers.join('')}`, prerelease: true };
}

/** A version is at most 256 characters long, so three digits hold the length of any number in it. */
const numberKey = (digits: string): string => `${String(digits.length).padStart(3, '0')}${digits}`;

/** Numbers come before words; a word ends with a character below all that it may contain. */
const identifierKey = (text: string): string => (/^\d+$/.test(text) ? `0${numberKey(text)}!` : `1${text}!`);
