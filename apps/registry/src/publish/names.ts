import { isAlias, isModelName, isVersion, latestAlias } from '@moda/module-library';
import { valid } from 'semver';
import { type Problem, problem } from '../problem/problem.js';
import { maxDescriptionCharacters } from './limits.js';

/** What is wrong with the name of a release, if anything is. */
export function checkReleaseName(name: {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
}): Problem | undefined {
  for (const part of ['owner', 'model'] as const) {
    if (isModelName(name[part])) continue;
    return problem(
      'NAME_INVALID',
      `${quoted(name[part])} cannot be the name of ${part === 'owner' ? 'an owner' : 'a model'}; use 1 to 64 lower-case letters, digits, dots, _ and -, the first a letter or digit.`,
      { details: { part } },
    );
  }
  const { version } = name;
  // Two versions that differ in their build metadata alone would have no order.
  if (isVersion(version) && valid(version) === version) return undefined;
  return problem(
    'VERSION_INVALID',
    `${quoted(version)} is no version of a release; use a semantic version such as 1.2.0 or 2.0.0-beta.1, without v and without +build.`,
  );
}

/** What is wrong with the description of a release, if anything is. */
export function checkDescription(description = ''): Problem | undefined {
  if (description.length <= maxDescriptionCharacters) return undefined;
  return problem(
    'USAGE',
    `The description has ${description.length} characters, more than the ${maxDescriptionCharacters} allowed; put the rest into README.md.`,
  );
}

/** What is wrong with an alias that somebody wants to move, if anything is. */
export function checkMovableAlias(alias: string): Problem | undefined {
  if (alias === latestAlias)
    return problem(
      'ALIAS_INVALID',
      `The alias ${latestAlias} follows the releases and cannot be moved; choose another name, such as champion.`,
    );
  if (isAlias(alias)) return undefined;
  return problem(
    'ALIAS_INVALID',
    `${quoted(alias)} cannot be an alias; use 1 to 64 lower-case letters, digits, dots, _ and -, the first a letter, and nothing that looks like a version.`,
  );
}

/** At most 100 characters of a text from outside, so that a message stays one sentence. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
