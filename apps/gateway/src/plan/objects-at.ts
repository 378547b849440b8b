import type { Step } from './plan.js';
import type { Part, Path } from './project.js';

/** The objects that steps lead to; lists are gone through, nulls left out. */
export function objectsAt(from: readonly Part[], steps: readonly Step[]): readonly Part[] {
  let found = from;
  for (const step of steps) found = 'type' in step ? found.filter(isOf(step.type)) : below(found, step.field);
  return found;
}

/** The same objects with their places in the answer; slower, for errors. */
export function placesAt(
  from: readonly (readonly [Part, Path])[],
  steps: readonly Step[],
): readonly (readonly [Part, Path])[] {
  let found = from;
  for (const step of steps)
    found =
      'type' in step
        ? found.filter(([object]) => isOf(step.type)(object))
        : found.flatMap(([object, path]) => placed(object[step.field], [...path, step.field]));
  return found;
}

function isOf(type: string): (object: Part) => boolean {
  return (object) => object['__typename'] === type;
}

function below(objects: readonly Part[], field: string): readonly Part[] {
  const found: Part[] = [];
  for (const object of objects) gather(object[field], found);
  return found;
}

function gather(value: unknown, found: Part[]): void {
  if (Array.isArray(value)) for (const entry of value) gather(entry, found);
  else if (typeof value === 'object' && value !== null) found.push(value as Part);
}

function placed(value: unknown, path: Path): readonly (readonly [Part, Path])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => placed(entry, [...path, index]));
  return typeof value === 'object' && value !== null ? [[value as Part, path]] : [];
}
