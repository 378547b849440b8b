import { ModaError } from '@moda/contracts';
import {
  type Derivation,
  derivationDigest,
  packageDigest,
  type PackageManifest,
  parsePackage,
  sha256,
} from '@moda/module-format';
import type { DownloadOffer } from '../registry/download-documents.js';

/** One file to get. */
export interface OfferedFile {
  readonly path: string;
  /** Undefined for what is cut while it is sent. */
  readonly digest: string | undefined;
  readonly sizeBytes: number;
  readonly url: string;
  readonly supportsRanges: boolean;
  /** The bytes themselves, where they came with the offer. */
  readonly content: Buffer | undefined;
}

/** What a registry offers, held against what was asked for. */
export interface CheckedOffer {
  /** Undefined until it was cut. */
  readonly package: { readonly manifest: PackageManifest; readonly digest: string } | undefined;
  readonly derivation: Derivation | undefined;
  /** Names the bytes before all digests are known. */
  readonly identity: string;
  readonly files: readonly OfferedFile[];
}

/** What was asked for: a version, or some of its classes at a threshold. */
export interface Asked {
  readonly version: { readonly digest: string };
  readonly classes?: readonly number[] | null | undefined;
  readonly tau?: number | undefined;
}

/** The files of a package that was cut. */
const derivedPaths = ['module.json', 'weights.safetensors'];

/**
 * Checks that an offer is one of the thing that was asked for, and is what its digests say.
 *
 * @throws ModaError REGISTRY_ANSWER_INVALID, PACKAGE_INVALID
 */
export function checkOffer(offer: DownloadOffer, asked: Asked): CheckedOffer {
  const derivation = offer.derivation ?? undefined;
  checkDerivation(derivation, asked);
  if (typeof offer.packageText === 'string') return wholePackage(offer, offer.packageText, asked);
  if (!derivation) throw invalid('it offers no package');
  const paths = offer.files.map(({ path }) => path).sort();
  if (paths.join() !== derivedPaths.join()) throw invalid('it offers other files than a cut model has');
  const content = Buffer.from(offer.manifestText);
  return {
    package: undefined,
    derivation,
    identity: derivationDigest(derivation),
    files: offer.files.map(({ path, digest, sizeBytes, url, supportsRanges }) => {
      if (path !== 'module.json')
        return { path, digest: digest ?? undefined, sizeBytes, url, supportsRanges, content: undefined };
      return { path, digest: sha256(content), sizeBytes: content.length, url, supportsRanges, content };
    }),
  };
}

function wholePackage(offer: DownloadOffer, text: string, asked: Asked): CheckedOffer {
  const manifest = parsePackage(text);
  const digest = packageDigest(manifest);
  if (digest !== offer.digest)
    throw invalid(`its package has the digest ${digest}, not ${offer.digest ?? 'that'}`);
  const { derivation } = manifest;
  checkDerivation(derivation, asked);
  if (!derivation && digest !== asked.version.digest)
    throw invalid('it offers another version than it named');
  const offered = new Map(offer.files.map((file) => [file.path, file]));
  return {
    package: { manifest, digest },
    derivation,
    identity: digest,
    files: manifest.files.map(({ path, digest, sizeBytes }) => {
      const file = offered.get(path);
      if (!file) throw invalid(`it offers no address of ${path}`);
      return {
        path,
        digest,
        sizeBytes,
        url: file.url,
        supportsRanges: file.supportsRanges,
        content: undefined,
      };
    }),
  };
}

/** For some classes, exactly those of exactly that version are cut; for a whole model, nothing is. */
function checkDerivation(derivation: Derivation | undefined, { version, classes, tau }: Asked): void {
  const fits = classes
    ? derivation?.parent === version.digest &&
      derivation.tau === tau &&
      derivation.classes.join() === classes.join()
    : derivation === undefined;
  if (!fits) throw invalid('it offers something else than was asked for');
}

function invalid(fact: string): ModaError {
  return new ModaError(
    'REGISTRY_ANSWER_INVALID',
    `The answer of the registry cannot be right: ${fact}; nothing was kept.`,
  );
}
