import { ModaError } from '@moda/contracts';
import { checkFields, checkJson, type JsonForm, readJson } from '../manifest/checked-json.js';
import { canonicalJson } from '../manifest/json.js';
import {
  type Derivation,
  derivationSchema,
  packageFormatVersion,
  type PackageManifest,
  packageSchema,
} from './schema.js';
import { sha256OfText } from './sha256.js';

/** A thousand files take 400 kB, the longest list of classes 850 kB. */
export const maxPackageCharacters = 2 * 1024 * 1024;

const invalid = (fact: string) => new ModaError('PACKAGE_INVALID', `The package manifest ${fact}.`);

const form: JsonForm<PackageManifest> = {
  schema: packageSchema,
  formatVersion: packageFormatVersion,
  maxCharacters: maxPackageCharacters,
  // A thousand files of 4 values and 3 keys, and 65,536 classes.
  bounds: { maxDepth: 8, maxValues: 100_000, maxKeys: 10_000 },
  invalid,
};

/**
 * Reads the text of a package manifest. Only the canonical text is taken: a digest names one text, and one text one package.
 *
 * @throws ModaError PACKAGE_INVALID naming the first thing that is wrong
 */
export function parsePackage(text: string): PackageManifest {
  const manifest = readJson(text, form);
  if (serialisePackage(manifest) === text) return manifest;
  throw invalid(
    'is not in canonical form (keys sorted, files by path, two spaces of indentation, a newline at the end), so its ' +
      'digest would not be that of its content; publish the package anew',
  );
}

/**
 * The one text of a package manifest, files by path; its SHA-256 is the digest of the package.
 *
 * @throws ModaError PACKAGE_INVALID for what `parsePackage` would refuse
 */
export function serialisePackage(manifest: PackageManifest): string {
  const checked = checkJson(manifest, form);
  const files = [...checked.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return canonicalJson({ ...checked, files });
}

/** The digest of a package, `sha256:<64 hexadecimal digits>`; also the digest of the blob that holds its manifest. */
export function packageDigest(manifest: PackageManifest): string {
  return sha256OfText(serialisePackage(manifest));
}

/** The name of a cut before any byte of it exists, `sha256:<64 hexadecimal digits>`. */
export function derivationDigest(derivation: Derivation): string {
  const wrong = (fact: string) => new ModaError('PACKAGE_INVALID', `The derivation ${fact}.`);
  return sha256OfText(canonicalJson(checkFields(derivation, derivationSchema, wrong)));
}
