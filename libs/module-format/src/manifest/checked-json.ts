import type { ModaError } from '@moda/contracts';
import type { z } from 'zod';
import { duplicateKey } from '../duplicate-key.js';
import { beyondBounds, type JsonBounds } from '../json-bounds.js';

/** How one kind of JSON file is read. */
export interface JsonForm<T> {
  readonly schema: z.ZodType<T>;
  /** The newest `formatVersion` that is read. */
  readonly formatVersion: number;
  readonly maxCharacters: number;
  readonly bounds: JsonBounds;
  /** The error for a fact about the file: a predicate without its full stop. */
  readonly invalid: (fact: string) => ModaError;
}

/** Reads a text that may come from anyone: measured, parsed, each key once, then checked. */
export function readJson<T>(text: string, form: JsonForm<T>): T {
  const { maxCharacters, bounds, invalid } = form;
  if (text.length > maxCharacters) throw invalid(`is longer than the ${maxCharacters} characters allowed`);
  const excess = beyondBounds(text, bounds);
  if (excess !== undefined) throw invalid(excess);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('is not valid JSON');
  }
  const repeated = duplicateKey(text);
  if (repeated !== undefined)
    throw invalid(`has the key ${JSON.stringify(shortened(repeated))} twice in one object`);
  if (hasTrap(value)) throw invalid('has the key "__proto__", which is not allowed');
  return checkJson(value, form);
}

/** Whether an object has a key that programs which copy it field by field would take for its prototype. */
function hasTrap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasTrap);
}

/** Checks a value; a file of a newer format is refused as such, before its fields are looked at. */
export function checkJson<T>(value: unknown, { schema, formatVersion, invalid }: JsonForm<T>): T {
  const version: unknown = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (Number.isInteger(version) && (version as number) > formatVersion) {
    throw invalid(
      `is of format version ${String(version)}, but this program reads versions up to ${formatVersion}; use a newer one`,
    );
  }
  return checkFields(value, schema, invalid);
}

/** Checks a value that has no format version. */
export function checkFields<T>(
  value: unknown,
  schema: z.ZodType<T>,
  invalid: (fact: string) => ModaError,
): T {
  let result: z.ZodSafeParseResult<T>;
  try {
    result = schema.safeParse(value, firstIssueOnly);
  } catch (error) {
    // Deep nesting ends the recursion of the checks.
    if (error instanceof RangeError) throw invalid('is nested too deeply');
    throw error;
  }
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(
    `is wrong at ${place(issue?.path ?? [])}: ${shortened(issue?.message ?? 'not as it should be')}`,
  );
}

/** A list of a million wrong values would otherwise cost a million descriptions, of which one is shown. */
const firstIssueOnly = { abortEarly: true, reportInput: false };

function place(path: readonly PropertyKey[]): string {
  const shown = path.map(String).join('.');
  return shown === '' ? 'its top level' : shortened(shown);
}

/** Names in a file may be as long as the file; a sentence stays one that can be read. */
function shortened(text: string): string {
  const maxShown = 200;
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
