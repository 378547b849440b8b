import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import {
  canonicalJson,
  type Derivation,
  derivationDigest,
  packageDigest,
  type PackageFile,
  type PackageManifest,
  packageManifestPath,
  type PackageSignature,
  packageSignaturePath,
  serialisePackage,
  type SignatureState,
} from '@moda/module-format';
import { writeAtomically } from '../files/write-atomically.js';
import { syncFolder } from '../files/sync-folder.js';
import { packageOfFolder, verifyFolder } from '../package/verify-folder.js';
import { formatReference, parseReference } from '../reference/parse-reference.js';
import type { DownloadOffer, DownloadTarget, Resolved } from '../registry/download-documents.js';
import type { RegistryClient } from '../registry/registry-client.js';
import { type Asked, type CheckedOffer, checkOffer } from './check-offer.js';
import { checkSignature, type SignatureRules } from './check-signature.js';
import type { ContentCache } from './content-cache.js';
import { receiveFiles } from './receive-files.js';
import { examineTarget, moveIntoPlace, prepareWorkFolder } from './target-folder.js';

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

/** Pulls a whole model by the digest of its package. */
export async function pullDigest(
  options: Omit<PullOptions, 'reference' | 'tau' | 'digest'> & { readonly digest: string },
): Promise<Pulled> {
  const { client, digest } = options;
  const source = { client, target: { digest }, asked: { version: { digest } } };
  return pullFrom(
    source,
    { ...options, reference: digest },
    { reference: digest, resolved: digest, warnings: [] },
  );
}

async function pullFrom(
  source: Source,
  options: PullOptions,
  names: Pick<Pulled, 'reference' | 'resolved' | 'warnings'>,
): Promise<Pulled> {
  const { folder, signatures } = options;
  const offer = await source.client.download(source.target);
  const checked = checkOffer(offer, source.asked);
  if (checked.package) {
    checkExpected(options, checked.package.digest);
    // Before any byte moves.
    checkSignature(checked.package.manifest, offer.signature ?? undefined, signatures);
  }
  const facts = { ...names, derivation: checked.derivation, folder };
  const there = await alreadyThere(folder, checked, options);
  if (there) return { ...facts, ...there, transferredBytes: 0, upToDate: true };

  await examineTarget(folder);
  const work = `${folder}.partial`;
  const { transferredBytes, ...received } = await receive(source, checked, work, options);
  const final = checked.package
    ? { ...checked.package, signature: offer.signature ?? undefined }
    : await completed(source, received.files, checked, work);
  checkExpected(options, final.digest);
  const signature = checkSignature(final.manifest, final.signature, signatures);
  if (!checked.package)
    for (const { path, digest } of received.files) await options.cache.keep(digest, join(work, path));
  await writeSidecars(work, final, options.renderCard);
  await moveIntoPlace(work, folder);
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

/** Where the bytes are, asked for again where addresses have expired. */
interface Source {
  readonly client: RegistryClient;
  readonly target: DownloadTarget;
  readonly asked: Asked;
}

interface SignedPackage {
  readonly manifest: PackageManifest;
  readonly digest: string;
  readonly signature: PackageSignature | undefined;
}

async function receive(
  source: Source,
  checked: CheckedOffer,
  work: string,
  { cache, connections, signal, onProgress }: PullOptions,
): Promise<{ readonly files: readonly PackageFile[]; readonly transferredBytes: number }> {
  const tops = new Set(checked.files.map(({ path }) => path.split('/')[0] ?? path));
  await prepareWorkFolder(work, (name) => tops.has(name.replace(/\.part(?:\.jsonl)?$/, '')));
  const totalBytes = checked.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  onProgress?.({ doneBytes, totalBytes });
  const onBytes = (count: number): void => {
    doneBytes += count;
    onProgress?.({ doneBytes, totalBytes });
  };
  const renew = async (path: string): Promise<string> => {
    const again = checkOffer(await source.client.download(source.target), source.asked);
    const file = again.files.find((candidate) => candidate.path === path);
    if (!file) throw damaged(`the registry does not offer ${path} any more`);
    return file.url;
  };
  return receiveFiles(checked, work, cache, renew, { onBytes, connections, signal });
}

/** The package of what was cut on the way here, which the registry knows by now, or cuts. */
async function completed(
  { client, target, asked }: Source,
  files: readonly PackageFile[],
  checked: CheckedOffer,
  work: string,
): Promise<SignedPackage> {
  const manifest: PackageManifest = {
    formatVersion: 1,
    files,
    ...(checked.derivation ? { derivation: checked.derivation } : {}),
  };
  const digest = packageDigest(manifest);
  let offer = await client.download(target);
  if (typeof offer.packageText !== 'string' && 'reference' in target) {
    await client.compose(target.reference, target.tau);
    offer = await client.download(target);
  }
  const known = checkOffer(offer, asked).package;
  if (known?.digest === digest)
    return { manifest: known.manifest, digest, signature: offer.signature ?? undefined };
  await rm(work, { recursive: true, force: true });
  throw damaged(`its package has the digest ${digest}, and the registry says ${known?.digest ?? 'nothing'}`);
}

/** What is in the folder, where that is the package that is wanted. */
async function alreadyThere(
  folder: string,
  checked: CheckedOffer,
  options: PullOptions,
): Promise<Pick<Pulled, 'digest' | 'files' | 'signature'> | undefined> {
  let manifest: PackageManifest | undefined;
  try {
    manifest = await packageOfFolder(folder);
  } catch (error) {
    // Whatever it is, it is in the way, and that is said when the folder is needed.
    if (isModaError(error)) return undefined;
    throw error;
  }
  if (!manifest) return undefined;
  const digest = packageDigest(manifest);
  const same = checked.package
    ? digest === checked.package.digest
    : manifest.derivation !== undefined && derivationDigest(manifest.derivation) === checked.identity;
  if (!same || (options.digest !== undefined && digest !== options.digest)) return undefined;
  const { intact, files, signature } = await verifyFolder(folder, options.signatures.trusted);
  if (!intact) return undefined;
  if (signature.state !== 'trusted' && !(signature.state === 'unsigned' && options.signatures.allowUnsigned))
    return undefined;
  return {
    digest,
    files: files.map(({ path, digest, sizeBytes }) => ({ path, digest, sizeBytes })),
    signature,
  };
}

async function writeSidecars(
  work: string,
  { manifest, signature }: SignedPackage,
  renderCard: PullOptions['renderCard'],
): Promise<void> {
  await writeAtomically(join(work, packageManifestPath), serialisePackage(manifest));
  if (signature) await writeAtomically(join(work, packageSignaturePath), canonicalJson(signature));
  if (manifest.derivation && renderCard)
    await writeAtomically(
      join(work, 'README.md'),
      renderCard(await readFile(join(work, 'module.json'), 'utf8')),
    );
  await syncFolder(work);
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

function damaged(fact: string): ModaError {
  return new ModaError(
    'DOWNLOAD_DAMAGED',
    `What was downloaded is not what was promised: ${fact}; nothing was kept.`,
  );
}
