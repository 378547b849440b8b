import { ModaError } from '@moda/contracts';
import type { z } from 'zod';
import { duplicateKey } from '../duplicate-key.js';
import { canonicalJson } from './json.js';
import { manifestFormatVersion, type ModelManifest, modelManifestSchema } from './schema.js';

/** A manifest of a hundred-layer network given as data has some hundred kilobytes; more is not a manifest. */
export const maxManifestCharacters = 8 * 1024 * 1024;

/**
 * Reads the text of a `module.json`. Throws `MODEL_INVALID` naming the first field that is wrong; a file of a newer format
 * is refused as such, and so is a field that version 1 does not have (programs keep their own under `extra`).
 */
export function parseManifest(text: string): ModelManifest {
  if (text.length > maxManifestCharacters) {
    throw invalid(`is longer than the ${maxManifestCharacters} characters allowed`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('is not valid JSON');
  }
  const repeated = duplicateKey(text);
  if (repeated !== undefined) throw invalid(`has the key ${JSON.stringify(repeated)} twice in one object`);
  return checkedManifest(value);
}

/** The text of `module.json`: canonical, so equal manifests give equal bytes. Throws `MODEL_INVALID` as `parseManifest` does. */
export function serialiseManifest(manifest: ModelManifest): string {
  return canonicalJson(checkedManifest(manifest));
}

function checkedManifest(value: unknown): ModelManifest {
  const version: unknown = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (Number.isInteger(version) && (version as number) > manifestFormatVersion) {
    throw invalid(
      `is of format version ${String(version)}, but this program reads versions up to ${manifestFormatVersion}; ` +
        'use a newer one',
    );
  }
  let result: z.ZodSafeParseResult<ModelManifest>;
  try {
    result = modelManifestSchema.safeParse(value);
  } catch (error) {
    // Deep nesting ends the recursion of the checks.
    if (error instanceof RangeError) throw invalid('is nested too deeply');
    throw error;
  }
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(`is wrong at ${place(issue?.path ?? [])}: ${issue?.message ?? 'not a manifest'}`);
}

function place(path: readonly PropertyKey[]): string {
  const shown = path.map(String).join('.');
  return shown === '' ? 'its top level' : shown;
}

function invalid(fact: string): ModaError {
  return new ModaError('MODEL_INVALID', `The manifest module.json ${fact}.`);
}
