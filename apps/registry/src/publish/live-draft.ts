import type { Catalogue, DraftRecord } from '../catalogue/catalogue.js';
import { type Problem, problem } from '../problem/problem.js';

/** A draft that can still be released. */
export async function liveDraft(
  { catalogue, clock }: { readonly catalogue: Catalogue; readonly clock: () => Date },
  draftId: string,
): Promise<{ readonly kind: 'live'; readonly draft: DraftRecord } | Problem> {
  const draft = await catalogue.draft(draftId);
  return draft && draft.expiresAt > clock() ? { kind: 'live', draft } : unknownDraft();
}

export function unknownDraft(): Problem {
  return problem(
    'DRAFT_UNKNOWN',
    'The announced publication has expired, was abandoned or never was; announce it anew, which keeps what is uploaded.',
  );
}
