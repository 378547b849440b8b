import { type PackageFile, serialisePackage } from '@moda/module-format';
import type { CompositionRecord, VersionRecord } from '../catalogue/catalogue.js';
import { fileOf } from '../parents/read-model.js';
import { readText } from '../parents/read-text.js';
import { isProblem, type Problem, problem } from '../problem/problem.js';
import type { Download, DownloadFile, DownloadParts, DownloadTarget } from './downloads.js';
import { resolveReference } from './resolve-reference.js';
import { sealTicket } from './ticket.js';

/** How long addresses are open: time enough for gigabytes on a slow line, and a client that is late asks anew. */
const lifetimeMs = 6 * 60 * 60 * 1000;

const weightsPath = 'weights.safetensors';

interface Found {
  readonly kind: 'found';
  readonly version: VersionRecord;
  readonly cut?: { readonly classes: readonly number[]; readonly tau: number };
}

export async function download(parts: DownloadParts, target: DownloadTarget): Promise<Download | Problem> {
  const found = await find(parts, target);
  if (isProblem(found)) return found;
  const include = target.include ?? 'all';
  const isWanted = ({ path }: { readonly path: string }) =>
    include === 'all' || (path === weightsPath) === (include === 'weights');
  const expiresAt = new Date(parts.clock().getTime() + lifetimeMs);
  const described = found.cut
    ? await describeCut(parts, found.version, found.cut, expiresAt)
    : await describeWhole(parts, found.version, expiresAt);
  if (isProblem(described)) return described;
  const { files, compositionId, ...rest } = described;
  return {
    ...rest,
    files: files.filter(isWanted),
    expiresAt,
    ticket:
      include === 'noWeights'
        ? ''
        : sealTicket(parts.urls, { versionId: found.version.id, compositionId }, parts.clock()),
  };
}

type Described = Omit<Download, 'expiresAt' | 'ticket'> & { readonly compositionId: string | undefined };

async function describeWhole(
  parts: DownloadParts,
  { digest, package: packageManifest, signature }: VersionRecord,
  expiresAt: Date,
): Promise<Described> {
  const manifest = fileOf(packageManifest, 'module.json');
  if (!manifest) throw new Error(`version ${digest} has no module.json`);
  return {
    kind: 'download',
    digest,
    derivation: undefined,
    packageText: serialisePackage(packageManifest),
    signature,
    manifestText: await readText(parts.blobs, manifest),
    files: await addresses(parts, packageManifest.files, expiresAt),
    compositionId: undefined,
  };
}

async function describeCut(
  parts: DownloadParts,
  version: VersionRecord,
  { classes, tau }: { readonly classes: readonly number[]; readonly tau: number },
  expiresAt: Date,
): Promise<Described | Problem> {
  const planned = await parts.composer.plan(version, classes, tau);
  if (isProblem(planned)) return planned;
  const { plan, composition } = planned;
  const stored = await storedFiles(parts, composition);
  return {
    kind: 'download',
    digest: composition.digest,
    derivation: plan.derivation,
    packageText: composition.package && serialisePackage(composition.package),
    signature: composition.signature,
    manifestText: plan.manifestText,
    files: stored
      ? await addresses(parts, stored, expiresAt)
      : await addressesToCut(parts, composition, plan.manifestText, expiresAt),
    compositionId: composition.id,
  };
}

/** The weights where they are cut while they are read, and `module.json`, which is small, stored already. */
async function addressesToCut(
  parts: DownloadParts,
  { id, weightsBytes, package: packageManifest }: CompositionRecord,
  manifestText: string,
  expiresAt: Date,
): Promise<DownloadFile[]> {
  const manifest = await parts.blobs.put(Buffer.from(manifestText));
  return [
    ...(await addresses(parts, [{ path: 'module.json', ...manifest }], expiresAt)),
    {
      path: weightsPath,
      digest: packageManifest && fileOf(packageManifest, weightsPath)?.digest,
      sizeBytes: weightsBytes,
      url: parts.urls.sign(`/derived/${id}/${weightsPath}`, expiresAt),
      supportsRanges: true,
    },
  ];
}

/** Undefined where the composition is not cut, or where somebody removed its bytes, so that it has to be cut again. */
async function storedFiles(
  { blobs }: DownloadParts,
  { package: packageManifest }: CompositionRecord,
): Promise<readonly PackageFile[] | undefined> {
  if (!packageManifest) return undefined;
  const here = await Promise.all(packageManifest.files.map(({ digest }) => blobs.has(digest)));
  return here.every(Boolean) ? packageManifest.files : undefined;
}

/** Addresses of the store itself where it has such, of the registry otherwise. */
async function addresses(
  { blobs, urls, clock }: DownloadParts,
  files: readonly PackageFile[],
  expiresAt: Date,
): Promise<DownloadFile[]> {
  const expiresInSeconds = Math.floor((expiresAt.getTime() - clock().getTime()) / 1000);
  return Promise.all(
    files.map(async ({ path, digest, sizeBytes }) => ({
      path,
      digest,
      sizeBytes,
      url:
        (await blobs.presignGet?.(digest, { expiresInSeconds })) ?? urls.sign(`/blobs/${digest}`, expiresAt),
      supportsRanges: true,
    })),
  );
}

async function find(
  { catalogue }: DownloadParts,
  { reference, digest, tau }: DownloadTarget,
): Promise<Found | Problem> {
  if ((reference === undefined) === (digest === undefined))
    return problem('USAGE', 'Give either a reference or a digest of what is to be downloaded.');
  if (reference !== undefined) {
    const resolved = await resolveReference(catalogue, reference, tau);
    if (isProblem(resolved)) return resolved;
    const { version, classes } = resolved;
    return classes
      ? { kind: 'found', version, cut: { classes, tau: resolved.tau } }
      : { kind: 'found', version };
  }
  return findByDigest(catalogue, digest ?? '');
}

async function findByDigest(catalogue: DownloadParts['catalogue'], digest: string): Promise<Found | Problem> {
  const versions = await catalogue.versionsByDigest(digest);
  // The same package may have several names; uses count for one that is not withdrawn, if there is such.
  const version = versions.find(({ state }) => state !== 'yanked') ?? versions[0];
  if (version) return { kind: 'found', version };
  const composition = (await catalogue.compositionByDigest(digest)) ?? (await catalogue.composition(digest));
  const parent = composition && (await catalogue.versionById(composition.versionId));
  if (parent) return { kind: 'found', version: parent, cut: composition };
  return problem(
    'DIGEST_UNKNOWN',
    'Nothing that is published here has this digest; look for the model with `moda search`.',
  );
}
