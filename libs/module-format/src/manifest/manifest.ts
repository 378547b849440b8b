import { ModaError } from '@moda/contracts';
import { checkJson, type JsonForm, readJson } from './checked-json.js';
import { canonicalJson } from './json.js';
import { manifestFormatVersion, maxClasses, type ModelManifest, modelManifestSchema } from './schema.js';

/** A manifest of a hundred-layer network given as data has some hundred kilobytes; more is not a manifest. */
export const maxManifestCharacters = 8 * 1024 * 1024;

const form: JsonForm<ModelManifest> = {
  schema: modelManifestSchema,
  formatVersion: manifestFormatVersion,
  maxCharacters: maxManifestCharacters,
  // The most classes are 4 values and 3 keys each, once more 3 values and 1 key with their measures and where they come from;
  // the kept channels of a cut network are some ten thousand values.
  bounds: { maxDepth: 100, maxValues: 8 * maxClasses, maxKeys: 5 * maxClasses },
  invalid: (fact) => new ModaError('MODEL_INVALID', `The manifest module.json ${fact}.`),
};

/**
 * Reads the text of a `module.json`. Throws `MODEL_INVALID` naming the first field that is wrong; a file of a newer format
 * is refused as such, and so is a field that version 1 does not have (programs keep their own under `extra`).
 */
export function parseManifest(text: string): ModelManifest {
  return readJson(text, form);
}

/** The text of `module.json`: canonical, so equal manifests give equal bytes. Throws `MODEL_INVALID` as `parseManifest` does. */
export function serialiseManifest(manifest: ModelManifest): string {
  return canonicalJson(checkJson(manifest, form));
}
