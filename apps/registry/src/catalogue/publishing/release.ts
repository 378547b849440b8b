import type { Store } from '@moda/service-kit/database';
import { eq } from 'drizzle-orm';
import type { DraftRecord, ReleaseFacts, ReleaseOutcome } from '../catalogue.js';
import { nextNumber } from '../clock.js';
import { listingKey } from '../schema/listing.js';
import { blobReferences, drafts, lineageEdges, versions } from '../schema/index.js';
import { versionKey } from '../version-key.js';
import { selectVersions, toVersionRecord, versionByName, versionColumns } from '../version-records.js';
import { wordsOf } from '../words.js';
import { raiseLatest } from './aliases.js';
import { findDraft } from './drafts.js';
import { addModules, type Listed } from './modules-of-release.js';
import { renewNewest } from './newest.js';

/**
 * Makes a draft a version. The clock comes first: publications happen one after another, so of two with one name the second sees the
 * first.
 */
export async function release(
  store: Store,
  draftId: string,
  facts: ReleaseFacts,
  fresh: { readonly id: string; readonly at: Date },
): Promise<ReleaseOutcome> {
  const number = await nextNumber(store, 'publications');
  const [earlier] = await selectVersions(store, eq(versions.draftId, draftId));
  if (earlier !== undefined) return { kind: 'released', version: earlier, created: false };
  const draft = await findDraft(store, draftId);
  if (draft === undefined || draft.expiresAt <= fresh.at) return { kind: 'noDraft' };
  const named = await versionByName(store, draft, draft.version);
  // The draft stays until it expires, so that who asks again gets the same answer.
  if (named !== undefined)
    return named.digest === draft.digest
      ? { kind: 'released', version: named, created: false }
      : { kind: 'conflict', existingDigest: named.digest };

  const listed = listedAs(draft, facts);
  const [row] = await store
    .insert(versions)
    .values({ number, id: fresh.id, ...listed, ...rowOf(draft, facts, fresh.at) })
    .returning(versionColumns);
  const version = toVersionRecord(row!);
  await addModules(store, version, { publication: number, ...listed }, facts.modules);
  await addLineage(store, version.digest, facts);
  await store
    .update(blobReferences)
    .set({ draftId: null, versionId: version.id })
    .where(eq(blobReferences.draftId, draftId));
  await store.delete(drafts).where(eq(drafts.id, draftId));
  await renewNewest(store, version, number);
  if (!versionKey(version.version).prerelease)
    await raiseLatest(store, version, { by: draft.by, at: fresh.at, reason: undefined });
  return { kind: 'released', version, created: true };
}

function listedAs({ owner, model }: DraftRecord, facts: ReleaseFacts): Omit<Listed, 'publication'> {
  return {
    owner,
    model,
    datasetKey: facts.dataset === undefined ? null : listingKey(facts.dataset),
    architectureKey: listingKey(facts.architecture),
    licenseKey: listingKey(facts.license),
    inputHeight: facts.input.height,
    inputWidth: facts.input.width,
    inputChannels: facts.input.channels,
    state: 'released',
  };
}

function rowOf(draft: DraftRecord, facts: ReleaseFacts, at: Date) {
  const { key, prerelease } = versionKey(draft.version);
  const { input: _input, modules: _modules, ...plain } = facts;
  const classes = facts.manifest.classes.map(({ name }) => wordsOf(name));
  return {
    ...plain,
    draftId: draft.id,
    version: draft.version,
    versionKey: key,
    prerelease,
    digest: draft.digest,
    package: draft.package,
    signature: draft.signature,
    description: draft.description,
    runId: draft.runId,
    publishedBy: draft.by,
    publishedAt: at,
    classWords: [...new Set(classes.flat())],
    classKeys: classes.map((words) => words.map((word) => ` ${word}`).join('')),
    words: wordsOf(
      draft.owner,
      draft.model,
      facts.dataset,
      facts.architecture,
      ...facts.manifest.classes.map(({ name }) => name),
      draft.description,
    ),
  };
}

/** What the manifest says of its sources; one that is known by its name alone is no step between digests. */
async function addLineage(store: Store, to: string, { manifest }: ReleaseFacts): Promise<void> {
  const edges = (manifest.derivedFrom ?? []).flatMap(({ role, digest }) =>
    digest === undefined ? [] : [{ fromDigest: digest, toDigest: to, role }],
  );
  if (edges.length > 0) await store.insert(lineageEdges).values(edges).onConflictDoNothing();
}
