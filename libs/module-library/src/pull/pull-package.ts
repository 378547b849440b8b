import { join, resolve } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import {
  type Derivation,
  derivationDigest,
  type PackageFile,
  type SignatureState,
} from '@moda/module-format';
import { writeFailure } from '../files/write-failure.js';
import { formatReference, parseReference } from '../reference/parse-reference.js';
import type { DownloadOffer, Resolved } from '../registry/download-documents.js';
import type { RegistryClient } from '../registry/registry-client.js';
import { alreadyThere } from './already-there.js';
import { checkOffer } from './check-offer.js';
import { checkSignature, type SignatureRules } from './check-signature.js';
import { completeCut } from './complete-cut.js';
import type { ContentCache } from './content-cache.js';
import { receivePackage } from './receive-package.js';
import type { Source } from './source.js';
import { examineTarget, moveIntoPlace } from './target-folder.js';
import { writeSidecars } from './write-sidecars.js';

export type PullProgress = (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void;

export interface PullOptions {
  readonly client: RegistryClient;
  /** `owner/model/class,class@version` */
  readonly reference: string;
  /** Threshold of the classes, 0..1; the version's own if left out. */
  readonly tau?: number | undefined;
  readonly folder: string;
  readonly cache: ContentCache;
  readonly signatures: SignatureRules;
  /** The package has to be this one. */
  readonly digest?: string | undefined;
  /** The card of a cut model, from the text of its `module.json`. */
  readonly renderCard?: ((manifestText: string) => string) | undefined;
  /** Who pulls, for the counts of use; nobody is counted where it is left out. */
  readonly as?: { readonly id: string; readonly ci: boolean } | undefined;
  readonly connections?: number | undefined;
  readonly onProgress?: PullProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Pulled {
  /** As it was asked for, in its one spelling. */
  readonly reference: string;
  /** With the version that it meant. */
  readonly resolved: string;
  readonly digest: string;
  readonly derivation: Derivation | undefined;
  readonly files: readonly PackageFile[];
  readonly signature: SignatureState;
  readonly folder: string;
  /** What came over the network. */
  readonly transferredBytes: number;
  /** Everything was there already. */
  readonly upToDate: boolean;
  /** What the reader should know about the version: that it is deprecated or yanked. */
  readonly warnings: readonly string[];
}

/**
 * Pulls a model, a module or a composition into a folder, which appears when all of it is there, right and signed by a trusted key. Until
 * then everything is in `<folder>.partial`, with which the next attempt goes on.
 *
 * @throws ModaError of the registry, of the downloads, SIGNATURE_MISSING, SIGNATURE_UNKNOWN_KEY, SIGNATURE_WRONG, LOCK_DIFFERS,
 *   OUTPUT_EXISTS
 */
export async function pullPackage(options: PullOptions): Promise<Pulled> {
  const { client, tau } = options;
  const reference = parseReference(options.reference);
  const resolved = await client.resolve(formatReference(reference), tau);
  const pinned = { ...reference, selector: { kind: 'version', version: resolved.version.version } } as const;
  const source = {
    client,
    target: { reference: formatReference(pinned), tau: resolved.tau },
    asked: resolved,
  };
  return pullFrom(source, options, {
    reference: formatReference(reference),
    resolved: source.target.reference,
    warnings: warningsOf(resolved),
  });
}

/** What is pulled by digest: a package or, with its derivation, one that is cut from a package. */
export interface DigestPullOptions extends Omit<PullOptions, 'reference' | 'tau' | 'digest'> {
  readonly digest: string;
  readonly derivation?: Derivation | undefined;
}

/** Pulls a package by its digest, whatever became of its names. */
export async function pullDigest(options: DigestPullOptions): Promise<Pulled> {
  const { client, digest, derivation } = options;
  const source: Source = derivation
    ? {
        client,
        target: { digest: derivationDigest(derivation) },
        asked: { version: { digest: derivation.parent }, classes: derivation.classes, tau: derivation.tau },
      }
    : { client, target: { digest }, asked: { version: { digest } } };
  const names = { reference: digest, resolved: digest, warnings: [] };
  return pullFrom(source, { ...options, reference: digest }, names);
}

async function pullFrom(
  source: Source,
  options: PullOptions,
  names: Pick<Pulled, 'reference' | 'resolved' | 'warnings'>,
): Promise<Pulled> {
  const { signatures } = options;
  const folder = resolve(options.folder);
  const offer = await source.client.download(source.target);
  const checked = checkOffer(offer, source.asked);
  if (checked.package) {
    checkExpected(options, checked.package.digest);
    // Before any byte moves.
    checkSignature(checked.package.manifest, offer.signature ?? undefined, signatures);
  }
  const facts = { ...names, derivation: checked.derivation, folder: options.folder };
  const there = await alreadyThere(folder, checked, options);
  if (there) return { ...facts, ...there, transferredBytes: 0, upToDate: true };

  await examineTarget(folder);
  const work = `${folder}.partial`;
  const { transferredBytes, ...received } = await receivePackage(source, checked, work, options);
  const final = checked.package
    ? { ...checked.package, signature: offer.signature ?? undefined }
    : await completeCut(source, received.files, checked.derivation, work);
  checkExpected(options, final.digest);
  const signature = checkSignature(final.manifest, final.signature, signatures);
  if (!checked.package)
    for (const { path, digest } of received.files) await options.cache.keep(digest, join(work, path));
  try {
    await writeSidecars(work, final, options.renderCard);
    await moveIntoPlace(work, folder);
  } catch (error) {
    throw writeFailure(error, folder);
  }
  await confirm(offer, options);
  return {
    ...facts,
    digest: final.digest,
    files: final.manifest.files,
    signature,
    transferredBytes,
    upToDate: false,
  };
}

/** A count is worth no failure. */
async function confirm({ ticket }: DownloadOffer, { client, as }: PullOptions): Promise<void> {
  if (!as) return;
  try {
    await client.confirmDownload(ticket, as);
  } catch (error) {
    if (!isModaError(error)) throw error;
  }
}

function checkExpected({ digest: expected, reference }: PullOptions, digest: string): void {
  if (expected === undefined || expected === digest) return;
  throw new ModaError(
    'LOCK_DIFFERS',
    `${reference} is ${digest} now, but the lock file says ${expected}; pull it by its name to change the lock.`,
    { reference, expected, digest },
  );
}

function warningsOf({ version }: Resolved): readonly string[] {
  if (version.state === 'released') return [];
  return [
    `${version.reference} is ${version.state}${version.stateMessage ? `: ${version.stateMessage}` : ''}`,
  ];
}
