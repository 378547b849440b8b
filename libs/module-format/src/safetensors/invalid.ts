import { ModaError } from '@moda/contracts';

/** The error for a malformed file or an unwritable tensor; `fact` is a whole sentence without its full stop. */
export function invalid(fact: string, details: Readonly<Record<string, unknown>> = {}): ModaError {
  return new ModaError('SAFETENSORS_INVALID', `${fact}.`, details);
}

/** A name from a file as it may appear in a sentence: quoted, control characters escaped, cut where it is long. */
export function quoted(name: string): string {
  const maxShown = 80;
  return JSON.stringify(name.length > maxShown ? `${name.slice(0, maxShown)}…` : name);
}
