import { serialisePackage } from '@moda/module-format';
import type { DraftRecord, ReleaseFacts, ReleaseOutcome } from '../catalogue/catalogue.js';
import { isProblem, orProblem, type Problem } from '../problem/problem.js';
import { checkPackage } from './check-package.js';
import { unknownDraft } from './live-draft.js';
import { noFacts } from './no-facts.js';
import type { PublishingParts, ReleaseResult } from './publishing.js';
import { versionTaken } from './version-taken.js';

export async function release(parts: PublishingParts, draftId: string): Promise<ReleaseResult> {
  const { catalogue, clock } = parts;
  const draft = await catalogue.draft(draftId);
  // The draft of a release is gone with it, but who did not hear the answer may ask again.
  if (!draft) return resultOf(await catalogue.release(draftId, noFacts, clock()), draftId);
  if (draft.expiresAt <= clock()) return unknownDraft();
  const checked = await prepare(parts, draft);
  if (isProblem(checked)) return checked;
  return resultOf(
    await catalogue.release(draftId, checked.facts, clock()),
    `${draft.owner}/${draft.model}@${draft.version}`,
  );
}

/** Checks the files, then stores their manifest, by which the package can be found in the store alone. The row comes after both. */
async function prepare(
  { blobs }: PublishingParts,
  draft: DraftRecord,
): Promise<{ readonly kind: 'checked'; readonly facts: ReleaseFacts } | Problem> {
  return orProblem(async () => {
    const facts = await checkPackage(blobs, draft.package);
    const text = Buffer.from(serialisePackage(draft.package));
    await blobs.put(text, { expected: { digest: draft.digest } });
    return { kind: 'checked', facts };
  });
}

function resultOf(outcome: ReleaseOutcome, name: string): ReleaseResult {
  switch (outcome.kind) {
    case 'released':
      return outcome;
    case 'conflict':
      return versionTaken(name, outcome.existingDigest);
    case 'noDraft':
      return unknownDraft();
  }
}
