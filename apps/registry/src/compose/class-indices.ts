import { nearestName } from '@moda/contracts';
import type { VersionRecord } from '../catalogue/catalogue.js';
import { type Problem, problem } from '../problem/problem.js';
import { referenceOf } from './reference-of.js';

/**
 * Output positions of classes by name or number, ascending. A name counts before a number: a class may be called 7. Case counts only
 * where it tells two classes apart.
 */
export function classIndices(
  version: Pick<VersionRecord, 'owner' | 'model' | 'version' | 'manifest'>,
  wanted: readonly string[],
): { readonly kind: 'classes'; readonly classes: readonly number[] } | Problem {
  const { classes } = version.manifest;
  const found = new Set<number>();
  for (const text of wanted) {
    const index = indexOf(classes, text);
    if (index === undefined) return unknownClass(version, text);
    found.add(index);
  }
  return { kind: 'classes', classes: [...found].sort((a, b) => a - b) };
}

function indexOf(classes: VersionRecord['manifest']['classes'], text: string): number | undefined {
  const exact = classes.find(({ name }) => name === text);
  if (exact) return exact.index;
  const like = classes.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (like.length === 1) return like[0]?.index;
  return /^\d{1,6}$/.test(text) ? classes[Number(text)]?.index : undefined;
}

function unknownClass(
  version: Pick<VersionRecord, 'owner' | 'model' | 'version' | 'manifest'>,
  text: string,
): Problem {
  const names = version.manifest.classes.map(({ name }) => name);
  // Of a number no other number is a misspelling.
  const nearest = /^\d+$/.test(text) ? undefined : nearestName(text, names);
  const shown = JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
  const wayOn =
    nearest === undefined
      ? `it has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`
      : `did you mean ${JSON.stringify(nearest)}?`;
  return problem(
    'CLASS_UNKNOWN',
    `${referenceOf(version)} has no class ${shown}; ${wayOn}${nearest === undefined ? '.' : ''}`,
    {
      details: { class: text.slice(0, 200) },
      nearest,
    },
  );
}
