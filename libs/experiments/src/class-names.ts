import { ModaError } from '@moda/contracts';

/** A class as a person may name it: by name, or by index. */
export interface NamedClass {
  readonly index: number;
  readonly name: string;
}

/**
 * The indices of the classes that a person named, by name (upper and lower case alike) or by index. Names come first: in a
 * model of the digits 3, 5 and 8 the class "3" is the digit, not the fourth class.
 *
 * @throws ModaError CLASS_UNKNOWN, naming the classes there are; USAGE for none or one named twice
 */
export function findClasses(
  wanted: readonly string[],
  classes: readonly NamedClass[],
  where: string,
): number[] {
  if (wanted.length === 0) throw new ModaError('USAGE', `Name at least one class of ${where}.`);
  const found = wanted.map((text) => findClass(text, classes, where));
  const repeated = found.find((index, position) => found.indexOf(index) !== position);
  if (repeated !== undefined) {
    throw new ModaError('USAGE', `Class ${repeated} is named twice; name each class once.`, {
      class: repeated,
    });
  }
  return found;
}

export function findClass(text: string, classes: readonly NamedClass[], where: string): number {
  const name = text.trim().toLowerCase();
  const byName = classes.find((candidate) => candidate.name.toLowerCase() === name);
  const byIndex = /^\d+$/.test(name)
    ? classes.find((candidate) => candidate.index === Number(name))
    : undefined;
  const found = byName ?? byIndex;
  if (found) return found.index;
  const known = classes.slice(0, 12).map((candidate) => labelOf(candidate));
  const more = classes.length > known.length ? `, and ${classes.length - known.length} more` : '';
  throw new ModaError(
    'CLASS_UNKNOWN',
    `${where} has no class "${text}"; it has ${known.join(', ')}${more}.`,
    {
      class: text,
    },
  );
}

function labelOf({ index, name }: NamedClass): string {
  return String(index) === name ? name : `${index} (${name})`;
}
