import type { Store } from '@moda/service-kit/database';
import { and, eq, isNull } from 'drizzle-orm';
import type { Catalogue, CompositionRecord } from '../catalogue.js';
import { referTo } from '../publishing/blob-holders.js';
import { compositions, lineageEdges } from '../schema/index.js';
import { selectCompositions, toCompositionRecord } from './composition-records.js';

export type NewComposition = Parameters<Catalogue['noteComposition']>[0];
export type Cut = Parameters<Catalogue['completeComposition']>[1];

export async function findComposition(store: Store, id: string): Promise<CompositionRecord | undefined> {
  const [found] = await selectCompositions(store, eq(compositions.id, id));
  return found;
}

export async function noteComposition(
  store: Store,
  composition: NewComposition,
  createdAt: Date,
): Promise<CompositionRecord> {
  const { id, versionId, parentDigest, ratesDigest, classes, tau, parameters, flops, weightsBytes } =
    composition;
  const facts = { id, versionId, parentDigest, ratesDigest, tau, parameters, flops, weightsBytes, createdAt };
  await store
    .insert(compositions)
    .values({ ...facts, classes: [...classes] })
    .onConflictDoNothing();
  return (await findComposition(store, id))!;
}

/** The first cut stays: another one of the same derivation has the same bytes. */
export async function completeComposition(
  store: Store,
  id: string,
  { digest, package: manifest, signature }: Cut,
): Promise<CompositionRecord | undefined> {
  const [row] = await store
    .update(compositions)
    .set({ digest, package: manifest, signature: signature ?? null })
    .where(and(eq(compositions.id, id), isNull(compositions.digest)))
    .returning();
  if (row === undefined) return findComposition(store, id);
  await referTo(store, digest, manifest, { compositionId: id });
  await store
    .insert(lineageEdges)
    .values({ fromDigest: row.parentDigest, toDigest: digest, role: 'base' })
    .onConflictDoNothing();
  return toCompositionRecord(row);
}
