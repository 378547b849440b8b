import type { BlobStore } from '@moda/blob-store';
import { type PackageFile, type PackageManifest, parsePackage } from '@moda/module-format';
import { isProblem, orProblem, type Problem } from '../problem/problem.js';
import { checkAnnouncement } from './check-announcement.js';
import { checkSignature } from './check-signature.js';
import { draftLifetimeMs } from './limits.js';
import { checkDescription, checkReleaseName } from './names.js';
import type { AnnounceOutcome, Announcement, PublishingParts } from './publishing.js';
import { versionTaken } from './version-taken.js';

export async function announce(
  { catalogue, blobs, trust, urls, clock }: PublishingParts,
  { packageText, signature: given, ...request }: Announcement,
): Promise<AnnounceOutcome> {
  const wrong = checkReleaseName(request) ?? checkDescription(request.description);
  if (wrong) return wrong;
  const read = await readAnnounced(packageText);
  if (isProblem(read)) return read;
  const { manifest } = read;
  const signed = await checkSignature(manifest, given, trust);
  if (isProblem(signed)) return signed;

  // The row first: from here on the collector spares the blobs, so that what is found below stays.
  const { owner, model, version, description, runId, by } = request;
  const outcome = await catalogue.announce({
    owner,
    model,
    version,
    package: manifest,
    signature: signed.signature,
    description,
    runId,
    by,
    expiresAt: new Date(clock().getTime() + draftLifetimeMs),
  });
  if (outcome.kind === 'conflict')
    return versionTaken(`${owner}/${model}@${version}`, outcome.existingDigest);
  if (outcome.kind === 'released') return outcome;
  const { draft } = outcome;
  const missing = await missingFiles(blobs, manifest);
  return {
    kind: 'draft',
    draft,
    uploads: missing.map(({ path, digest, sizeBytes }) => {
      return { path, digest, sizeBytes, url: urls.sign(`/uploads/${draft.id}/${digest}`, draft.expiresAt) };
    }),
  };
}

async function readAnnounced(
  text: string,
): Promise<{ readonly kind: 'read'; readonly manifest: PackageManifest } | Problem> {
  return orProblem(() => {
    const manifest = parsePackage(text);
    return checkAnnouncement(manifest) ?? { kind: 'read', manifest };
  });
}

/** Each blob once: two files may have the same bytes. */
async function missingFiles(blobs: BlobStore, { files }: PackageManifest): Promise<PackageFile[]> {
  const distinct = [...new Map(files.map((file) => [file.digest, file])).values()];
  const here = await Promise.all(distinct.map(({ digest }) => blobs.has(digest)));
  return distinct.filter((_, i) => !here[i]);
}
