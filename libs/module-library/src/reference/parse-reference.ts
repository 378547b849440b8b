import { ModaError } from '@moda/contracts';

/** Which version of a model is meant: one by its number, or the one that an alias names at the moment. */
export type ReferenceSelector =
  { readonly kind: 'version'; readonly version: string } | { readonly kind: 'alias'; readonly alias: string };

/** A model, or some classes of it, as a person writes it: `owner/model/cat,dog@1.2.0`. */
export interface Reference {
  readonly owner: string;
  readonly model: string;
  /** Names or indices as they were written; empty for the whole model. */
  readonly classes: readonly string[];
  /** The alias `latest` where nothing was written. */
  readonly selector: ReferenceSelector;
}

/** The alias that follows the newest release. */
export const latestAlias = 'latest';

/** Longer than any reference that somebody means: two names, a version and some thousand classes. */
const maxCharacters = 65_536;

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
// Semantic version 2.0.0 (https://semver.org), of at most 64 characters.
const identifier = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const versionPattern = new RegExp(
  `^(?=.{1,64}$)(?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*)){2}(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);
// `v1.2` would be taken for a version.
const aliasPattern = /^(?!v\d+\.\d)[a-z][a-z0-9._-]{0,63}$/;

/**
 * Reads `owner/model[/class[,class…]][@version-or-alias]`. Owner and model have up to 64 lower-case letters, digits, dots, underscores and
 * hyphens; a version is a semantic version without `v`; an alias begins with a letter. In the name of a class, `%` and two hexadecimal
 * digits stand for a character that has a meaning here: `%2F` for `/`, `%2C` for `,`, `%40` for `@`, `%25` for `%`.
 *
 * @throws ModaError REFERENCE_INVALID
 */
export function parseReference(text: string): Reference {
  if (text.length > maxCharacters) throw invalid(text, `it is longer than ${maxCharacters} characters`);
  const [name = '', selector, ...more] = text.split('@');
  if (more.length > 0)
    throw invalid(text, 'it has more than one @; write %40 for one in the name of a class');
  const [owner = '', model, classes, ...rest] = name.split('/');
  if (rest.length > 0) throw invalid(text, 'it has too many parts; write %2F for / in the name of a class');
  checkName(text, 'owner', owner);
  if (model === undefined) throw invalid(text, 'the model is missing');
  checkName(text, 'model', model);
  return {
    owner,
    model,
    classes: classes === undefined ? [] : parseClasses(text, classes),
    selector: selector === undefined ? { kind: 'alias', alias: latestAlias } : parseSelector(text, selector),
  };
}

/** The text of a reference, which `parseReference` reads back as the same; `@latest` is left out. */
export function formatReference({ owner, model, classes, selector }: Reference): string {
  const named = classes.map((name) => name.replace(/[%/,@]/g, encodeURIComponent)).join(',');
  const selected = selector.kind === 'version' ? selector.version : selector.alias;
  return `${owner}/${model}${named === '' ? '' : `/${named}`}${selected === latestAlias ? '' : `@${selected}`}`;
}

/** Whether a text can be the version of a release. */
export function isVersion(text: string): boolean {
  return versionPattern.test(text);
}

/** Whether a text can be an alias. */
export function isAlias(text: string): boolean {
  return aliasPattern.test(text);
}

/** Whether a text can be the name of an owner or a model. */
export function isModelName(text: string): boolean {
  return namePattern.test(text);
}

function checkName(text: string, part: 'owner' | 'model', name: string): void {
  if (isModelName(name)) return;
  const reason = name === '' ? 'is missing' : 'may have lower-case letters, digits, dots, _ and - only';
  throw invalid(text, `the ${part} ${reason}`);
}

function parseClasses(text: string, list: string): readonly string[] {
  return list.split(',').map((encoded) => {
    const name = decoded(encoded)?.trim();
    if (name === undefined)
      throw invalid(text, 'a % is not followed by two hexadecimal digits; write %25 for %');
    if (name === '') throw invalid(text, 'the name of a class is empty');
    return name;
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parseSelector(text: string, selector: string): ReferenceSelector {
  if (isVersion(selector)) return { kind: 'version', version: selector };
  if (isAlias(selector)) return { kind: 'alias', alias: selector };
  const reason = /^v?\d/.test(selector)
    ? 'a version has three numbers, as in 1.2.0'
    : 'there is no such version or alias';
  throw invalid(text, `${reason}, and an alias begins with a lower-case letter`);
}

function invalid(text: string, reason: string): ModaError {
  const shown = JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
  return new ModaError(
    'REFERENCE_INVALID',
    `${shown} names no model: ${reason}; write owner/model/class@version.`,
    { reference: text.slice(0, 1000) },
  );
}
