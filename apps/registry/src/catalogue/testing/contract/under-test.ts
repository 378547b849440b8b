import { randomUUID } from 'node:crypto';
import type { Catalogue, DraftRecord, DraftRequest, ReleaseFacts, VersionRecord } from '../../catalogue.js';
import { sampleDraft, sampleFacts, type SampleOptions } from '../publication.js';

/** A catalogue that other tests use too: each works under names of its own. */
export interface CatalogueUnderTest {
  readonly catalogue: Catalogue;
  readonly close: () => Promise<void>;
}

export const start = new Date('2026-03-01T12:00:00.000Z');

/** `minutes` after the start. */
export const at = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

/** An owner that nobody else has. */
export const newOwner = (): string => `owner-${randomUUID()}`;

export interface Publication {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
}

export async function announced(
  catalogue: Catalogue,
  name: Publication,
  changes: Partial<DraftRequest> = {},
): Promise<DraftRecord> {
  const outcome = await catalogue.announce(sampleDraft(name, changes));
  if (outcome.kind !== 'draft') throw new Error(`announcing gave ${outcome.kind}`);
  return outcome.draft;
}

/** Announces and releases. */
export async function published(
  catalogue: Catalogue,
  name: Publication,
  options: SampleOptions & { readonly at?: Date; readonly draft?: Partial<DraftRequest> } = {},
): Promise<VersionRecord> {
  const draft = await announced(catalogue, name, options.draft);
  return released(catalogue, draft, sampleFacts(options), options.at);
}

export async function released(
  catalogue: Catalogue,
  draft: DraftRecord,
  facts: ReleaseFacts = sampleFacts(),
  when: Date = start,
): Promise<VersionRecord> {
  const outcome = await catalogue.release(draft.id, facts, when);
  if (outcome.kind !== 'released') throw new Error(`releasing gave ${outcome.kind}`);
  return outcome.version;
}

/** Follows a list to its end. */
export async function allItems<T>(
  readPage: (after: string | undefined) => Promise<{
    readonly items: readonly { readonly item: T; readonly cursor: string }[];
    readonly hasNext: boolean;
  }>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await readPage(after);
    items.push(...page.items.map(({ item }) => item));
    if (!page.hasNext) return items;
    after = page.items.at(-1)!.cursor;
    await between();
  }
}
